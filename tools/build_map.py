"""Draw the national map and the 34 province maps of `aoxanh.places` from the npm package @svg-maps/vietnam.

    npm pack @svg-maps/vietnam && tar xzf svg-maps-vietnam-*.tgz
    pip install "shapely>=2.2" numpy
    python tools/build_map.py package

Needs shapely and numpy, which the product does not. The package (CC BY 4.0) holds the 63 provinces of before July
2025; they are dissolved into the 34 of today by `merged_from` of provinces.csv. Commune boundaries are not in it: a
province is divided into cells around the communes' representative points, each cell sized after the commune's area.
"""

import argparse
import csv
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon
from svg_shapes import letters, parts_of, read_package, svg_path

DATA = Path(__file__).resolve().parent.parent / "src" / "aoxanh" / "places" / "data"
ARCHIPELAGOS = {"hoangsa": ("20333", "48", "QĐ. Hoàng Sa"), "truongsa": ("22736", "56", "QĐ. Trường Sa")}
NATIONAL_BOXES = {"20333": (372, 310, 124, 112), "22736": (372, 660, 124, 96)}
NATIONAL_FRAME = (-6, -6, 508, 812)
GAP_WIDTH = 0.7  # The package rounds each province by itself, which leaves slivers narrower than this.
SIMPLIFY = 0.35  # Squared, it is the smallest triangle that the national outline keeps.
LEAST_ISLET = 2.0  # Radius under which an island would vanish beneath its neighbour's outline.
PROVINCE_SIDE = 1000.0  # Longer side of a province map, so that whole numbers are fine enough.
INSET_SIDE = 190.0


@dataclass(frozen=True)
class Site:
    """A commune as a point on the drawing, with the radius of the disc of its area."""

    code: str
    kind: str
    name: str
    at: tuple[float, float]
    radius: float
    island: bool


@dataclass(frozen=True)
class Province:
    """One of the 34: its outline in the package's units and the sites of its communes."""

    code: str
    name: str
    outline: MultiPolygon
    sites: Sequence[Site]


@dataclass(frozen=True)
class Projection:
    """Longitude and latitude to the package's units: x linear, y linear in Mercator's latitude."""

    across: tuple[float, float]
    down: tuple[float, float]

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        return self.across[0] * lon + self.across[1], self.down[0] * mercator(lat) + self.down[1]

    def unit_km(self, lat: float) -> float:
        """Return the length of one drawing unit at a latitude, in kilometres."""
        return 111.32 * math.cos(math.radians(lat)) / self.across[0]


def mercator(lat: float) -> float:
    """Return a latitude stretched as Mercator draws it, in degrees."""
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the place files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def dissolve(shapes: dict[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    """Merge the old provinces into today's, with borders that neighbours share exactly."""
    old = [key for key in shapes if key not in ARCHIPELAGOS]
    clean = dict(
        zip(old, shapely.coverage_clean([shapes[key] for key in old], gap_width=GAP_WIDTH), strict=True)
    )
    merged = {}
    for row in rows("provinces.csv"):
        members = [clean.pop(letters(name)) for name in row["merged_from"].split(";")]
        merged[row["code"]] = MultiPolygon(parts_of(shapely.union_all(members)))
    if clean:
        raise SystemExit(f"no province of today was merged from {sorted(clean)}")
    return merged


def fit_projection(outlines: dict[str, MultiPolygon]) -> Projection:
    """Fit by least squares the provinces' centroids to the area-weighted means of their mainland communes."""
    known, drawn = [], []
    for code, outline in outlines.items():
        mainland = [
            row for row in rows("communes.csv") if row["province_code"] == code and row["kind"] != "dac_khu"
        ]
        areas = [float(row["area_km2"]) for row in mainland]
        lon = np.average([float(row["lon"]) for row in mainland], weights=areas)
        lat = np.average([mercator(float(row["lat"])) for row in mainland], weights=areas)
        known.append((lon, lat))
        drawn.append(max(parts_of(outline), key=lambda part: part.area).centroid.coords[0])
    (lons, lats), (xs, ys) = np.array(known).T, np.array(drawn).T
    across, down = np.polyfit(lons, xs, 1), np.polyfit(lats, ys, 1)
    miss = np.hypot(np.polyval(across, lons) - xs, np.polyval(down, lats) - ys)
    print(f"projection: centroids miss by {miss.mean():.1f} units on average, {miss.max():.1f} at most")
    return Projection((float(across[0]), float(across[1])), (float(down[0]), float(down[1])))


def sites_of(code: str, projection: Projection) -> list[Site]:
    """Return a province's communes as points on the drawing."""
    islands = {row["code"] for row in rows("traits.csv") if row["trait"] == "island"}
    found = []
    for row in rows("communes.csv"):
        if row["province_code"] == code:
            lat, lon = float(row["lat"]), float(row["lon"])
            radius = math.sqrt(float(row["area_km2"]) / math.pi) / projection.unit_km(lat)
            at = projection.place(lon, lat)
            found.append(Site(row["code"], row["kind"], row["name"], at, radius, row["code"] in islands))
    return found


def share_parts(province: Province) -> list[tuple[Polygon, list[Site]]]:
    """Say which communes divide each piece of a province: an islet goes whole to the commune it belongs to."""
    parts = sorted(parts_of(province.outline), key=lambda part: -part.area)
    owners: list[list[Site]] = [[] for _ in parts]
    for site in province.sites:
        index = piece_of(site, parts)
        if index is not None:
            owners[index].append(site)
    for part, mine in zip(parts, owners, strict=True):
        if not mine:
            mine.append(min(province.sites, key=lambda site: part.distance(Point(site.at)) - site.radius))
    return list(zip(parts, owners, strict=True))


def piece_of(site: Site, parts: Sequence[Polygon]) -> int | None:
    """Return which piece, largest first, a commune lies on; None for an island that the package does not draw."""
    distances = [part.distance(Point(site.at)) for part in parts]
    mainland = len(mainland_of(parts))
    nearest = int(np.argmin(distances[:mainland]))
    if site.island:
        islets = distances[mainland:]
        if islets and min(islets) <= max(5.0, 1.5 * site.radius):
            return mainland + int(np.argmin(islets))
        return nearest if distances[nearest] < 1.5 else None
    return int(np.argmin(distances)) if min(distances) == 0 else nearest


def mainland_of(parts: Sequence[Polygon]) -> list[Polygon]:
    """Return the large pieces, largest first: what the frame of a map is about."""
    largest = max(part.area for part in parts)
    return sorted((part for part in parts if part.area > 0.25 * largest), key=lambda part: -part.area)


def pull_inside(part: Polygon, sites: Iterable[Site]) -> list[tuple[float, float]]:
    """Return the sites' points, those a little outside the outline moved just within it."""
    inner = part.buffer(-0.8)
    inner = part if inner.is_empty else inner
    points = []
    for site in sites:
        point = Point(site.at)
        nearest = point if inner.covers(point) else shapely.shortest_line(inner, point).interpolate(0)
        points.append((nearest.x, nearest.y))
    return points


def cells(part: Polygon, sites: Sequence[Site]) -> dict[str, MultiPolygon]:
    """Divide one piece of land among its communes: a power diagram, so that a large commune gets a large cell."""
    points = np.array(pull_inside(part, sites))
    gaps = np.hypot(*(points[:, None, :] - points[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(gaps, np.inf)
    # A weight under the squared distance to the nearest neighbour keeps every point inside its own cell.
    weights = np.minimum(np.array([site.radius for site in sites]) ** 2, 0.7 * gaps.min(axis=1) ** 2)
    low_x, low_y, high_x, high_y = part.bounds
    frame = [(low_x, low_y), (high_x, low_y), (high_x, high_y), (low_x, high_y)]
    divided = {}
    for index, site in enumerate(sites):
        ring = frame
        for other in np.argsort(gaps[index])[: min(80, len(sites) - 1)]:
            ring = cut(ring, points[index], points[other], weights[index] - weights[other])
        divided[site.code] = MultiPolygon(parts_of(shapely.make_valid(part & Polygon(ring))))
    return divided


def cut(
    ring: list[tuple[float, float]], mine: np.ndarray, other: np.ndarray, weight: float
) -> list[tuple[float, float]]:
    """Keep the side of a convex ring that is nearer, by weighted distance, to `mine` than to `other`."""
    normal = 2 * (other - mine)
    limit = float(other @ other - mine @ mine + weight)
    sides = [normal[0] * x + normal[1] * y - limit for x, y in ring]
    kept = []
    for index, point in enumerate(ring):
        before, now = sides[index - 1], sides[index]
        if (before <= 0) != (now <= 0):
            share = before / (before - now)
            last = ring[index - 1]
            kept.append((last[0] + share * (point[0] - last[0]), last[1] + share * (point[1] - last[1])))
        if now <= 0:
            kept.append(point)
    return kept


def fit_box(shape: MultiPolygon, box: Sequence[float], head: float) -> MultiPolygon:
    """Scale a shape into a box, below a strip `head` high that is left for its label."""
    x, y, width, height = box
    low_x, low_y, high_x, high_y = shape.bounds
    pad = width * 0.07
    scale = min((width - 2 * pad) / (high_x - low_x), (height - head - 2 * pad) / (high_y - low_y))
    middle = (x + width / 2, y + head + (height - head) / 2)
    offset = (middle[0] - scale * (low_x + high_x) / 2, middle[1] - scale * (low_y + high_y) / 2)
    return shapely.affinity.affine_transform(shape, [scale, 0, 0, scale, *offset])


def swell(shape: MultiPolygon, least: float) -> MultiPolygon:
    """Enlarge each islet whose radius is under `least`, so that no outline can erase it."""
    parts = []
    for part in parts_of(shape):
        lacking = least - math.sqrt(part.area / math.pi)
        parts.append(part.buffer(lacking, quad_segs=3) if lacking > 0 else part)
    return MultiPolygon(parts_of(shapely.union_all(parts)))


def label_point(shape: MultiPolygon) -> list[int]:
    """Return the middle of the widest part of a shape."""
    largest = max(parts_of(shape), key=lambda part: part.area)
    spot = shapely.maximum_inscribed_circle(largest, tolerance=0.5).coords[0]
    return [round(spot[0]), round(spot[1])]


def national_map(
    outlines: dict[str, MultiPolygon], shapes: dict[str, MultiPolygon], provinces: Sequence[Province]
) -> dict:
    """Draw the nation by provinces, the two archipelagos in boxes."""
    simple = shapely.coverage_simplify(list(outlines.values()), SIMPLIFY)
    drawn = {}
    for province, shape in zip(provinces, simple, strict=True):
        islets = [Point(site.at).buffer(LEAST_ISLET, 3) for site in bare_islets(province)]
        drawn[province.code] = swell(MultiPolygon(parts_of(shapely.union_all([shape, *islets]))), LEAST_ISLET)
    insets = []
    for key, (zone, code, label) in ARCHIPELAGOS.items():
        box = NATIONAL_BOXES[zone]
        shape = swell(fit_box(shapes[key], box, 14), 1.3)
        insets.append(
            {"code": zone, "province": code, "label": label, "box": box, "path": svg_path(shape, 10)}
        )
    return {
        "viewBox": " ".join(f"{side:g}" for side in NATIONAL_FRAME),
        "provinces": {code: svg_path(shape, 10) for code, shape in drawn.items()},
        "insets": insets,
        "labels": {code: label_point(shape) for code, shape in drawn.items()},
    }


def bare_islets(province: Province) -> list[Site]:
    """Return the special zones that the package draws no land for (the two archipelagos have their own boxes)."""
    with_land = {site.code for _, mine in share_parts(province) for site in mine}
    boxed = {zone for zone, _, _ in ARCHIPELAGOS.values()}
    return [site for site in province.sites if site.code not in with_land | boxed]


def province_map(province: Province, shapes: dict[str, MultiPolygon]) -> dict:
    """Draw one province: cells of its communes, near islets at their place and far ones in boxes at the right."""
    land: dict[str, list[Polygon]] = {}
    for part, mine in share_parts(province):
        for code, shape in cells(part.simplify(0.12), mine).items():
            land.setdefault(code, []).extend(parts_of(shape))
    frame = frame_of(province, land)
    scale = PROVINCE_SIDE / max(frame[2] - frame[0], frame[3] - frame[1])
    grow = [scale, 0, 0, scale, -scale * frame[0], -scale * frame[1]]
    width, height = (frame[2] - frame[0]) * scale, (frame[3] - frame[1]) * scale
    drawn = {
        code: swell(shapely.affinity.affine_transform(MultiPolygon(parts), grow), 6)
        for code, parts in land.items()
        if frame[0] <= MultiPolygon(parts).centroid.x <= frame[2]
        and frame[1] <= MultiPolygon(parts).centroid.y <= frame[3]
    }
    insets = []
    for site in sorted(
        (site for site in province.sites if site.code not in drawn), key=lambda site: site.code
    ):
        x, y = scale * (site.at[0] - frame[0]), scale * (site.at[1] - frame[1])
        if 0 <= x <= width and 0 <= y <= height:
            drawn[site.code] = MultiPolygon([Point(x, y).buffer(max(9, site.radius * scale), 4)])
            continue
        box = (width + 20, 20 + len(insets) * (INSET_SIDE + 20), INSET_SIDE, INSET_SIDE)
        drawn[site.code] = swell(fit_box(far_shape(site, land, shapes), box, 28), 4.5)
        insets.append({"code": site.code, "label": inset_label(site), "box": [round(side) for side in box]})
    missing = {site.code for site in province.sites if drawn[site.code].is_empty}
    if missing:
        raise SystemExit(f"{province.name}: nothing is drawn for {sorted(missing)}")
    width += (INSET_SIDE + 40) if insets else 0
    return {
        "viewBox": f"-10 -10 {round(width) + 20} {round(height) + 20}",
        "communes": {code: svg_path(drawn[code], 1) for code in sorted(drawn)},
        "insets": insets,
        "labels": {code: label_point(drawn[code]) for code in sorted(drawn)},
    }


def inset_label(site: Site) -> str:
    """Return what is written over the box of a far island."""
    names = {zone: label for zone, _, label in ARCHIPELAGOS.values()}
    return names.get(site.code, site.name)


def far_shape(site: Site, land: dict[str, list[Polygon]], shapes: dict[str, MultiPolygon]) -> MultiPolygon:
    """Return what to draw in the box of a far island: the archipelago, its own coast, or else a plain disc."""
    for key, (zone, _, _) in ARCHIPELAGOS.items():
        if zone == site.code:
            return shapes[key]
    return MultiPolygon(land.get(site.code) or [Point(site.at).buffer(site.radius, 4)])


def frame_of(province: Province, land: dict[str, list[Polygon]]) -> tuple[float, float, float, float]:
    """Return the frame around the land and the islands near it; one far out would shrink everything else."""
    low_x, low_y, high_x, high_y = shapely.union_all(mainland_of(parts_of(province.outline))).bounds
    reach = 0.4 * max(high_x - low_x, high_y - low_y)
    near = shapely.box(low_x - reach, low_y - reach, high_x + reach, high_y + reach)
    pieces = [part for parts in land.values() for part in parts if near.covers(part)]
    discs = [Point(site.at).buffer(2) for site in province.sites if near.covers(Point(site.at))]
    return shapely.union_all([*pieces, *discs]).bounds


def write(path: Path, drawing: dict) -> int:
    """Write a drawing as compact JSON and return its size."""
    text = json.dumps(drawing, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    return len(text.encode())


def main() -> None:
    """Read the package and write all the maps."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path, help="the unpacked npm package @svg-maps/vietnam")
    shapes = read_package(parser.parse_args().package)
    outlines = dissolve(shapes)
    projection = fit_projection(outlines)
    names = {row["code"]: row["name"] for row in rows("provinces.csv")}
    provinces = [
        Province(code, names[code], outline, sites_of(code, projection)) for code, outline in outlines.items()
    ]
    (DATA / "map").mkdir(exist_ok=True)
    print("map.json:", write(DATA / "map.json", national_map(outlines, shapes, provinces)), "bytes")
    sizes = [write(DATA / "map" / f"{one.code}.json", province_map(one, shapes)) for one in provinces]
    print("34 province maps:", sum(sizes), "bytes, the largest", max(sizes))


if __name__ == "__main__":
    main()
