"""The communes as arrays: where demand is, who speaks what, where there is no signal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aoxanh.places import queries as places
from aoxanh.places.models import Place, Trait
from aoxanh.simulation.logins import HOME_COMMUNE, LOGINS
from aoxanh.simulation.plan import DETAILED_PROVINCE, Plan

# Households in border communes by language (the 2019 survey of 53 ethnic groups, rounded); others are rare.
SPEAKERS = {
    "hmn": 48, "blt": 24, "twh": 24, "nut": 34, "tyz": 32, "ium": 18, "bru": 9, "mtq": 8, "khm": 8, "tth": 7, "kjg": 7,
    "jra": 6, "sti": 5, "ktv": 5, "sed": 5, "giw": 4, "hni": 4, "puo": 3,
}  # fmt: skip
RARE = 1
NOBODY_LIVES_HERE = frozenset(
    {"20333"}
)  # Hoàng Sa has no resident population, so no service centre to help at
# Share of sessions in another language than Vietnamese.
BORDER_SHARE, REMOTE_SHARE, COUNTRY_SHARE, TOWN_SHARE = 0.45, 0.30, 0.08, 0.01
# Share of a team's days without a signal, on which work is uploaded in the evening or days later.
BORDER_OFFLINE, REMOTE_OFFLINE, COUNTRY_OFFLINE, TOWN_OFFLINE = 0.35, 0.40, 0.08, 0.01


@dataclass(frozen=True)
class Land:
    """Communes in the order of their codes; every array has one entry for each."""

    codes: list[str]
    names: list[str]
    provinces: list[str]
    town: NDArray[np.bool_]
    border: NDArray[np.bool_]
    remote: NDArray[np.bool_]
    detailed: NDArray[np.bool_]
    weight: NDArray[np.float64]
    languages: list[tuple[str, ...]]

    @property
    def foreign_share(self) -> NDArray[np.float64]:
        """Share of sessions in another language than Vietnamese; nobody's where the province names no language."""
        share = self._by_kind(BORDER_SHARE, REMOTE_SHARE, COUNTRY_SHARE, TOWN_SHARE)
        return np.where([bool(spoken) for spoken in self.languages], share, 0.0)

    @property
    def offline_share(self) -> NDArray[np.float64]:
        """Share of days without a signal."""
        return self._by_kind(BORDER_OFFLINE, REMOTE_OFFLINE, COUNTRY_OFFLINE, TOWN_OFFLINE)

    def _by_kind(self, border: float, remote: float, country: float, town: float) -> NDArray[np.float64]:
        return np.select([self.border, self.remote, self.town], [border, remote, town], country)


def read_land(plan: Plan, rng: np.random.Generator) -> Land:
    """Read the communes that the plan's scale plays in, with a weight of demand for each."""
    communes = [place for place in _communes(plan) if place.code not in NOBODY_LIVES_HERE]
    border = _marked(communes, Trait.Key.BORDER)
    remote = _marked(communes, Trait.Key.REMOTE) | _marked(communes, Trait.Key.ISLAND)
    town = np.array([place.kind == Place.Kind.WARD for place in communes])
    city = np.array([place.parent is not None and place.parent.kind == Place.Kind.CITY for place in communes])
    weight = np.where(town, 1.6, 1.0) * np.where(city, 1.25, 1.0) * np.where(border | remote, 0.6, 1.0)
    spoken = {province.code: _languages(province) for province in places.provinces()}
    return Land(
        [place.code for place in communes],
        [place.name for place in communes],
        [str(place.parent_id) for place in communes],
        town,
        border,
        remote,
        np.array([_is_detailed(place, plan) for place in communes]),
        weight * rng.lognormal(0.0, 0.5, len(communes)),
        [spoken[str(place.parent_id)] for place in communes],
    )


def _communes(plan: Plan) -> list[Place]:
    """Return the communes in code order; a single commune is played with the homes of the demonstration's accounts."""
    homes = {login.place for login in LOGINS}
    everything = sorted(places.communes_below(None), key=lambda place: place.code)
    return [place for place in everything if plan.scale != "commune" or place.code in homes]


def _is_detailed(place: Place, plan: Plan) -> bool:
    return {
        "national": True,
        "province": place.parent_id == DETAILED_PROVINCE,
        "commune": place.code == HOME_COMMUNE,
    }[plan.scale]


def _marked(communes: list[Place], trait: str) -> NDArray[np.bool_]:
    codes = places.codes_with_trait(trait)
    return np.array([place.code in codes for place in communes])


def _languages(province: Place) -> tuple[str, ...]:
    traits = places.traits_of(province)
    return tuple(sorted(trait.value for trait in traits if trait.trait == Trait.Key.LANGUAGE))
