"""How far it is from one commune to another, in whole kilometres by road, and who may go how far."""

import numpy as np

from aoxanh.staffing.allocation.problem import Communes, Ints, Settings

EARTH_KM = 6371.0
FAR = 1 << 20  # farther than anyone travels: no position, or no road


def kilometres(communes: Communes, homes: Ints, where: Ints, settings: Settings) -> Ints:
    """Return (homes, where): the straight line times the usual detour, plus what a boat adds; 0 at home, FAR if unknown."""
    first, second = np.radians(communes.lat[homes])[:, None], np.radians(communes.lat[where])[None, :]
    across = np.radians(communes.lon[homes])[:, None] - np.radians(communes.lon[where])[None, :]
    half = np.sin((first - second) / 2) ** 2 + np.cos(first) * np.cos(second) * np.sin(across / 2) ** 2
    line = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    km = np.rint(line * settings.detour).astype(np.int64) + communes.boat_km[where][None, :]
    known = communes.located[homes][:, None] & (communes.located & communes.road)[where][None, :]
    km = np.where(known, np.maximum(km, 1), FAR)
    return np.where(homes[:, None] == where[None, :], 0, km)


def short_provinces(communes: Communes, homes: Ints) -> Ints:
    """Return (provinces,): 1 where fewer people live than places are to be filled, so that others may come to help."""
    lives = np.bincount(communes.province[homes], minlength=len(communes.provinces))
    wanted = np.bincount(communes.province, communes.needs.sum(axis=1), minlength=len(communes.provinces))
    return np.asarray(lives < wanted, dtype=np.int64)
