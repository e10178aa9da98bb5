"""What is done in the training room; one module for each noun."""

from aoxanh.training.actions.attempts import Sitting, hand_in_quizzes
from aoxanh.training.actions.attendance import Answer, CheckIn, Sender, hand_in_attendance
from aoxanh.training.actions.certificates import (
    CertificateFacts,
    award_certificate,
    record_certificate,
    revoke_certificate,
)
from aoxanh.training.actions.credentials import (
    credential_of,
    note_certificates_read,
    published_key,
    rotate_key,
    withdraw_key,
)
from aoxanh.training.actions.events import (
    EventFacts,
    add_point,
    announce_event,
    close_event,
    note_list_read,
    open_check_in,
    open_points,
    schedule_event,
)
from aoxanh.training.actions.gates import GateFacts, decide_gate
from aoxanh.training.actions.points import name_host, settle_attendance, tell_connected
from aoxanh.training.actions.practice import Observed, record_observations
from aoxanh.training.actions.reading import Read, keep_reading

__all__ = [
    "Answer",
    "CertificateFacts",
    "CheckIn",
    "EventFacts",
    "GateFacts",
    "Observed",
    "Read",
    "Sender",
    "Sitting",
    "add_point",
    "announce_event",
    "award_certificate",
    "close_event",
    "credential_of",
    "decide_gate",
    "hand_in_attendance",
    "hand_in_quizzes",
    "keep_reading",
    "name_host",
    "note_certificates_read",
    "note_list_read",
    "open_check_in",
    "open_points",
    "published_key",
    "record_certificate",
    "record_observations",
    "revoke_certificate",
    "rotate_key",
    "schedule_event",
    "settle_attendance",
    "tell_connected",
    "withdraw_key",
]
