"""Rows of the training room, by noun."""

from aoxanh.training.models.certificates import Certificate, SkillGroup

__all__ = ["Certificate", "SkillGroup"]
