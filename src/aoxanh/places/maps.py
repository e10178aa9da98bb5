"""The drawn maps: the nation by provinces and a province by communes, as SVG paths that need no internet."""

import json
import re
from functools import lru_cache
from typing import Any, TypedDict

from aoxanh.places.errors import NoMap
from aoxanh.places.seed import DATA


class Inset(TypedDict):
    """A box on the map in which a far island is drawn: [x, y, width, height]."""

    code: str
    label: str
    box: list[float]


class NationalInset(Inset):
    """On the national map the box has its own path, coloured as the province it belongs to."""

    province: str
    path: str


class NationalMap(TypedDict):
    """Paths by province code; a point inside each for its label."""

    viewBox: str
    provinces: dict[str, str]
    insets: list[NationalInset]
    labels: dict[str, list[int]]


class ProvinceMap(TypedDict):
    """Paths by commune code, which are cells and no boundaries; far islands are drawn inside the insets."""

    viewBox: str
    communes: dict[str, str]
    insets: list[Inset]
    labels: dict[str, list[int]]


@lru_cache(maxsize=1)
def national_map() -> NationalMap:
    """Return the map of the 34 provinces, with Hoàng Sa and Trường Sa in boxes."""
    drawing: NationalMap = _read("map.json")
    return drawing


@lru_cache(maxsize=34)
def province_map(code: str) -> ProvinceMap:
    """Return the map of a province's communes. Raises NoMap for any other code."""
    if not re.fullmatch(r"[0-9]{2}", code) or not (DATA / "map" / f"{code}.json").is_file():
        raise NoMap(code=code, field="code")
    drawing: ProvinceMap = _read(f"map/{code}.json")
    return drawing


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))
