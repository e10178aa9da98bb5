"""Rows of the oversight room, by noun."""

from aoxanh.oversight.models.flags import Flag
from aoxanh.oversight.models.province_day import ProvinceDay

__all__ = ["Flag", "ProvinceDay"]
