"""Rows of the staffing room, by noun."""

from aoxanh.staffing.models.needs import LanguageNeed, Need, Post
from aoxanh.staffing.models.plans import Assignment, Decline, Plan, PlanEdit
from aoxanh.staffing.models.rosters import (
    Absence,
    CalendarFeed,
    CheckIn,
    Half,
    Roster,
    RosterMember,
    RosterRun,
    Shift,
    ShiftAssignment,
    Swap,
    Wish,
)

__all__ = [
    "Absence",
    "Assignment",
    "CalendarFeed",
    "CheckIn",
    "Decline",
    "Half",
    "LanguageNeed",
    "Need",
    "Plan",
    "PlanEdit",
    "Post",
    "Roster",
    "RosterMember",
    "RosterRun",
    "Shift",
    "ShiftAssignment",
    "Swap",
    "Wish",
]
