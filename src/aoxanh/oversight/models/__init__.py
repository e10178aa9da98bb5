"""Rows of the oversight room, by noun."""

from aoxanh.oversight.models.evaluation import Appeal, Evaluation, EvaluationCycle, FileReview
from aoxanh.oversight.models.province_day import ProvinceDay
from aoxanh.oversight.models.targets import Target
from aoxanh.oversight.models.totals import OfficialTotal

__all__ = [
    "Appeal",
    "Evaluation",
    "EvaluationCycle",
    "FileReview",
    "OfficialTotal",
    "ProvinceDay",
    "Target",
]
