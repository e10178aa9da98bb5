"""Rows of the training room, by noun."""

from aoxanh.training.models.certificates import Certificate, SkillGroup
from aoxanh.training.models.practice import Observation

__all__ = ["Certificate", "Observation", "SkillGroup"]
