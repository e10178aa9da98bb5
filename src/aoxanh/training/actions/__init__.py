"""What is done in the training room; one module for each noun."""

from aoxanh.training.actions.certificates import CertificateFacts, record_certificate, revoke_certificate
from aoxanh.training.actions.practice import Observed, record_observations

__all__ = [
    "CertificateFacts",
    "Observed",
    "record_certificate",
    "record_observations",
    "revoke_certificate",
]
