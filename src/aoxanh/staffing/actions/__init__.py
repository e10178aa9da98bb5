"""What is done to needs and plans; one module for each noun."""

from aoxanh.staffing.actions.needs import (
    NeedFacts,
    PostFacts,
    confirm_needs,
    correct_need,
    suggest_needs,
)
from aoxanh.staffing.actions.plans import discard_plan, draft_plan, give_up, make_plan, remade

__all__ = [
    "NeedFacts",
    "PostFacts",
    "confirm_needs",
    "correct_need",
    "discard_plan",
    "draft_plan",
    "give_up",
    "make_plan",
    "remade",
    "suggest_needs",
]
