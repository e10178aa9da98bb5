"""Rows of the oversight room, by noun."""

from aoxanh.oversight.models.difficulty import Difficulty
from aoxanh.oversight.models.province_day import ProvinceDay
from aoxanh.oversight.models.report import Report

__all__ = ["Difficulty", "ProvinceDay", "Report"]
