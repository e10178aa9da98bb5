"""Rows of the staffing room, by noun."""

from aoxanh.staffing.models.needs import LanguageNeed, Need, Post
from aoxanh.staffing.models.plans import Assignment, Decline, Plan, PlanEdit

__all__ = ["Assignment", "Decline", "LanguageNeed", "Need", "Plan", "PlanEdit", "Post"]
