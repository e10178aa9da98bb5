"""Rows of the training room, by noun."""

from aoxanh.training.models.attempts import Attempt, AttemptAnswers, QuizBank, Reading
from aoxanh.training.models.certificates import Certificate, SkillGroup

__all__ = ["Attempt", "AttemptAnswers", "Certificate", "QuizBank", "Reading", "SkillGroup"]
