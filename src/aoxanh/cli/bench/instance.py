"""The synthetic campaign that the planning benches run on: the real communes with their points and traits, invented people."""

import resource
from collections import defaultdict

from aoxanh.places.seed import rows
from aoxanh.staffing.allocation.instance import PEOPLE, TEAMS, Place, synthetic
from aoxanh.staffing.allocation.problem import Problem

MAIN_LANGUAGES = 6  # a province's list is longer; these are the ones that communes ask for


def places() -> list[Place]:
    """Return the communes of July 2025 in the order of their provinces."""
    traits: dict[str, set[str]] = defaultdict(set)
    for row in rows("traits.csv"):
        traits[row["code"]].add(row["trait"])
    spoken = {
        row["code"]: tuple(filter(None, row["languages"].split(";")))[:MAIN_LANGUAGES]
        for row in rows("provinces.csv")
    }
    found = [
        Place(
            row["code"], row["province_code"], float(row["lat"]), float(row["lon"]), row["kind"] == "phuong",
            "border" in traits[row["code"]], "remote" in traits[row["code"]], "island" in traits[row["code"]],
            spoken[row["province_code"]],
        )
        for row in rows("communes.csv")
    ]  # fmt: skip
    return sorted(found, key=lambda place: (place.province, place.code))


def campaign(seed: int, size: float) -> Problem:
    """Return the nation's campaign, or that of the first provinces with about `size` of the communes."""
    nation = places()
    wanted = max(1, round(len(nation) * min(size, 1.0)))
    last = nation[wanted - 1].province
    chosen = [place for place in nation if place.province <= last]
    share = len(chosen) / len(nation)
    return synthetic(chosen, seed, round(PEOPLE * share * max(size, 1.0)), round(TEAMS * share))


def cpu_seconds() -> float:
    """Return what this process and those it waited for have used."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def peak_mib(workers: int) -> float:
    """Return a peak that is never too low: our own and that of the largest worker as often as there are workers."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return (own.ru_maxrss + workers * others.ru_maxrss) / 1024
