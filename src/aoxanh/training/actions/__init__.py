"""What is done in the training room; one module for each noun."""

from aoxanh.training.actions.certificates import CertificateFacts, record_certificate, revoke_certificate
from aoxanh.training.actions.credentials import (
    credential_of,
    note_list_read,
    published_key,
    rotate_key,
    withdraw_key,
)
from aoxanh.training.actions.gates import GateFacts, decide_gate

__all__ = [
    "CertificateFacts",
    "GateFacts",
    "credential_of",
    "decide_gate",
    "note_list_read",
    "published_key",
    "record_certificate",
    "revoke_certificate",
    "rotate_key",
    "withdraw_key",
]
