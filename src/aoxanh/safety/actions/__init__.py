"""What is done about fraud: reports told, handled and answered, the police's number, notices published and read."""

from aoxanh.safety.actions.contacts import set_police_contact
from aoxanh.safety.actions.notices import NoticeFacts, Reading, publish_notice, take_readings, withdraw_notice
from aoxanh.safety.actions.reports import ReportFacts, move_report, tell_report

__all__ = [
    "NoticeFacts",
    "Reading",
    "ReportFacts",
    "move_report",
    "publish_notice",
    "set_police_contact",
    "take_readings",
    "tell_report",
    "withdraw_notice",
]
