"""Made-up Vietnamese names, by region, for people who do not exist."""

from random import Random

_KINH = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Đinh Trịnh Mai".split()
_UPLAND = "Vàng Giàng Sùng Thào Lò Hoàng Nông Triệu Bàn Lý Ma Quan Hầu Cháng Mua Nguyễn".split()
_MIDDLE = {"f": "Thị Thu Ngọc Thanh Mai Khánh Phương".split(), "m": "Văn Đức Minh Quang Hữu Tuấn Anh".split()}
_GIVEN = {
    "f": "Lan Hoa Hương Mai Linh Trang Hà Nhung Yến Thảo Vy Ngân My Dua Mỷ Súa".split(),
    "m": "Minh Dũng Tùng Sơn Hải Nam Cường Long Khang Phúc Bảo Páo Dình Chứ Vừ Huy".split(),
}


def full_name(random: Random, *, upland: bool) -> str:
    """Return a name with the family name first."""
    sex = random.choice("fm")
    return " ".join(
        (random.choice(_UPLAND if upland else _KINH), random.choice(_MIDDLE[sex]), random.choice(_GIVEN[sex]))
    )
