"""What is done in the training room; one module for each noun."""

from aoxanh.training.actions.attempts import Sitting, hand_in
from aoxanh.training.actions.certificates import (
    CertificateFacts,
    award_certificate,
    record_certificate,
    revoke_certificate,
)
from aoxanh.training.actions.reading import Read, keep_reading

__all__ = [
    "CertificateFacts",
    "Read",
    "Sitting",
    "award_certificate",
    "hand_in",
    "keep_reading",
    "record_certificate",
    "revoke_certificate",
]
