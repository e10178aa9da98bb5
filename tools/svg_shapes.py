"""Read the shapes of an @svg-maps package, and write shapes as short SVG paths."""

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import shapely
from shapely.geometry import MultiPolygon, Polygon

_TOKEN = re.compile(r"[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
_TAKES = {"m": 2, "l": 2, "c": 6}
Ring = list[tuple[float, float]]


def letters(name: str) -> str:
    """Return a name's bare letters, by which the package's English names and our Vietnamese ones agree."""
    bare = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in bare.lower() if char.isascii() and char.isalpha())


def read_package(folder: Path) -> dict[str, MultiPolygon]:
    """Return each location of the package by the letters of its name."""
    text = (folder / "index.js").read_text(encoding="utf-8")
    drawing = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return {letters(place["name"]): _shape(place["path"]) for place in drawing["locations"]}


def _shape(path: str) -> MultiPolygon:
    polygons = [Polygon(ring) for ring in _rings(path) if len(ring) > 3]
    return MultiPolygon(parts_of(shapely.union_all([shapely.make_valid(one) for one in polygons])))


def _rings(path: str) -> list[Ring]:
    """Return the closed rings of a path; a curve is taken as the line to its end, far below what we draw."""
    tokens = iter(_TOKEN.findall(path))
    rings: list[Ring] = []
    x = y = start_x = start_y = 0.0
    command = ""
    for token in tokens:
        first = token
        if token.isalpha():
            command = token
            if command in "zZ":
                x, y = start_x, start_y
                continue
            first = next(tokens)
        numbers = [float(first), *(float(next(tokens)) for _ in range(_TAKES[command.lower()] - 1))]
        x, y = (x + numbers[-2], y + numbers[-1]) if command.islower() else (numbers[-2], numbers[-1])
        if command in "mM":
            start_x, start_y = x, y
            rings.append([])
            command = "l" if command == "m" else "L"
        rings[-1].append((x, y))
    return rings


def parts_of(shape: shapely.Geometry) -> list[Polygon]:
    """Return the polygons of a shape, without stray lines, points and specks."""
    return [
        part
        for part in shapely.get_parts(shape).tolist()
        if part.geom_type == "Polygon" and part.area > 0.0001
    ]


def svg_path(shape: MultiPolygon, per_unit: int) -> str:
    """Return the shape as an SVG path in relative steps of 1/per_unit; points that round together are dropped."""
    pieces = []
    for part in parts_of(shape):
        for ring in (part.exterior, *part.interiors):
            points = [(round(x * per_unit), round(y * per_unit)) for x, y in ring.coords[:-1]]
            points = [point for index, point in enumerate(points) if point != points[index - 1]]
            if len(points) > 2:
                pieces.append(_ring_path(points, per_unit))
    return "".join(pieces)


def _ring_path(points: list[tuple[int, int]], per_unit: int) -> str:
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(points)]
    numbers = "".join(_joined(value, per_unit) for step in steps for value in step)
    start = "".join(_joined(value, per_unit) for value in points[0])
    return f"M{start.strip()}l{numbers.strip()}z"


def _joined(value: int, per_unit: int) -> str:
    """Write a number so that it may follow another: a minus sign separates as well as a space does."""
    text = f"{value / per_unit:g}"
    return text if text.startswith("-") else " " + text
