"""Rows of the training room, by noun."""

from aoxanh.training.models.attempts import Attempt, AttemptAnswers, QuizBank, Reading
from aoxanh.training.models.certificates import Certificate, SkillGroup
from aoxanh.training.models.credentials import CredentialIndex, CredentialKey
from aoxanh.training.models.events import Attendance, Point, TrainingEvent
from aoxanh.training.models.gates import CertificateGate
from aoxanh.training.models.practice import Observation

__all__ = [
    "Attempt",
    "AttemptAnswers",
    "Attendance",
    "Certificate",
    "CertificateGate",
    "CredentialIndex",
    "CredentialKey",
    "Observation",
    "Point",
    "QuizBank",
    "Reading",
    "SkillGroup",
    "TrainingEvent",
]
