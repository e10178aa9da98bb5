"""What people do in oversight, by noun."""

from aoxanh.oversight.actions.difficulties import (
    DifficultyFacts,
    answer_difficulty,
    asked_by,
    hand_up_difficulty,
    raise_difficulty,
)
from aoxanh.oversight.actions.report_runs import draft_for_communes, order_reports
from aoxanh.oversight.actions.reports import (
    ReportFacts,
    compose_report,
    correct_report,
    digest_of,
    discard_report,
    draft_report,
    edit_report,
    refresh_report,
    sign_report,
)

__all__ = [
    "DifficultyFacts",
    "ReportFacts",
    "answer_difficulty",
    "asked_by",
    "compose_report",
    "correct_report",
    "digest_of",
    "discard_report",
    "draft_for_communes",
    "draft_report",
    "edit_report",
    "hand_up_difficulty",
    "order_reports",
    "raise_difficulty",
    "refresh_report",
    "sign_report",
]
