"""What people do with rosters, shifts and their own days."""

from aoxanh.staffing.actions.days import (
    AbsenceFacts,
    drop_wish,
    make_wish,
    record_absence,
    record_own_absence,
    withdraw_absence,
)
from aoxanh.staffing.actions.presence import Answer, Presence, check_in, end_feed_address, make_feed_address
from aoxanh.staffing.actions.rosters import (
    discard_roster,
    draft_roster,
    order_again,
    order_mend,
    order_roster,
    publish_roster,
    recompute,
)
from aoxanh.staffing.actions.runs import carry_out_run, order_run
from aoxanh.staffing.actions.seats import (
    ShiftFacts,
    add_shift,
    change_shift,
    drop_shift,
    give_seat,
    take_seat,
)
from aoxanh.staffing.actions.swaps import accept_swap, propose_swap, refuse_swap, sign_up

__all__ = [
    "AbsenceFacts",
    "Answer",
    "Presence",
    "ShiftFacts",
    "accept_swap",
    "add_shift",
    "carry_out_run",
    "change_shift",
    "check_in",
    "discard_roster",
    "draft_roster",
    "drop_shift",
    "drop_wish",
    "end_feed_address",
    "give_seat",
    "make_feed_address",
    "make_wish",
    "order_again",
    "order_mend",
    "order_roster",
    "order_run",
    "propose_swap",
    "publish_roster",
    "recompute",
    "record_absence",
    "record_own_absence",
    "refuse_swap",
    "sign_up",
    "take_seat",
    "withdraw_absence",
]
