"""Rows of the training room, by noun."""

from aoxanh.training.models.certificates import Certificate, SkillGroup
from aoxanh.training.models.events import Attendance, Point, TrainingEvent

__all__ = ["Attendance", "Certificate", "Point", "SkillGroup", "TrainingEvent"]
