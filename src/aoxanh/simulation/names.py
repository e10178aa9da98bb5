"""Made-up Vietnamese names, by region, for people who do not exist."""

from collections.abc import Iterator
from random import Random

import numpy as np
from numpy.typing import NDArray

from aoxanh.kernel.text import fold, sort_key

_KINH = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Đinh Trịnh Mai".split()
_UPLAND = "Vàng Giàng Sùng Thào Lò Hoàng Nông Triệu Bàn Lý Ma Quan Hầu Cháng Mua Nguyễn".split()
_MIDDLE = {"f": "Thị Thu Ngọc Thanh Mai Khánh Phương".split(), "m": "Văn Đức Minh Quang Hữu Tuấn Anh".split()}
_GIVEN = {
    "f": "Lan Hoa Hương Mai Linh Trang Hà Nhung Yến Thảo Vy Ngân My Dua Mỷ Súa".split(),
    "m": "Minh Dũng Tùng Sơn Hải Nam Cường Long Khang Phúc Bảo Páo Dình Chứ Vừ Huy".split(),
}
Name = tuple[str, str, str]
"""Full name (family name first), its folded form, and its key for lists."""


class Names:
    """Every combination once, with the forms that lists and search need: they are slow to make and few."""

    def __init__(self) -> None:
        self._by_region: tuple[list[Name], list[Name]] = (_combinations(_KINH), _combinations(_UPLAND))

    def choose(self, rng: np.random.Generator, upland: NDArray[np.bool_]) -> Iterator[Name]:
        """Yield a name for each entry of `upland`."""
        chosen = rng.integers(0, len(self._by_region[0]), len(upland)).tolist()
        for region, number in zip(upland.tolist(), chosen, strict=True):
            yield self._by_region[region][number]


def full_name(random: Random, *, upland: bool) -> str:
    """Return one full name, family name first."""
    sex = random.choice("fm")
    family = random.choice(_UPLAND if upland else _KINH)
    return f"{family} {random.choice(_MIDDLE[sex])} {random.choice(_GIVEN[sex])}"


def as_name(full: str) -> Name:
    """Return a full name with the forms that lists and search need."""
    return full, fold(full), sort_key(" ".join(reversed(full.split())))


def _combinations(families: list[str]) -> list[Name]:
    return [
        as_name(f"{family} {middle} {given}")
        for family in families
        for sex in "fm"
        for middle in _MIDDLE[sex]
        for given in _GIVEN[sex]
    ]
