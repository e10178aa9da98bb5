"""What is done to needs and plans; one module for each noun."""

from aoxanh.staffing.actions.edits import Effect, HandEdit, edit_plan, take_edit_back
from aoxanh.staffing.actions.needs import (
    NeedFacts,
    PostFacts,
    confirm_needs,
    correct_need,
    suggest_needs,
)
from aoxanh.staffing.actions.plans import discard_plan, draft_plan, give_up, make_plan, remade
from aoxanh.staffing.actions.publishing import (
    Published,
    approve_communes,
    decline,
    publish_plan,
    withdraw_decline,
)

__all__ = [
    "Effect",
    "HandEdit",
    "NeedFacts",
    "PostFacts",
    "Published",
    "approve_communes",
    "confirm_needs",
    "correct_need",
    "decline",
    "discard_plan",
    "draft_plan",
    "edit_plan",
    "give_up",
    "make_plan",
    "publish_plan",
    "remade",
    "suggest_needs",
    "take_edit_back",
    "withdraw_decline",
]
