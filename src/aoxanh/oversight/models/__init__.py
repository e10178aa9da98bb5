"""Rows of the oversight room, by noun."""

from aoxanh.oversight.models.province_day import ProvinceDay
from aoxanh.oversight.models.supervision import SupervisionTask, Visit
from aoxanh.oversight.models.watching import AlertRule, SavedView

__all__ = ["AlertRule", "ProvinceDay", "SavedView", "SupervisionTask", "Visit"]
