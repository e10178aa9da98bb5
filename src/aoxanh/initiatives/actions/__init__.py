"""What is done about initiatives: proposed, decided, furnished with materials, adopted, and recorded by the tools of the named models."""

from aoxanh.initiatives.actions.adoptions import (
    EffectFacts,
    adopt,
    check_fidelity,
    stop_adoption,
    store_effect,
    tell_adapted,
)
from aoxanh.initiatives.actions.deciding import decide, merge
from aoxanh.initiatives.actions.materials import MaterialFacts, add_material, remove_material
from aoxanh.initiatives.actions.proposing import (
    ASKED_BY_PHONE,
    InitiativeFacts,
    Sent,
    Told,
    change,
    propose,
    take_proposals,
)
from aoxanh.initiatives.actions.seeding import load_models
from aoxanh.initiatives.actions.tools import (
    DutyFacts,
    MeetingFacts,
    PhraseFacts,
    RunFacts,
    add_phrase,
    count_activations,
    record_came,
    record_duty,
    record_later,
    record_meeting,
    record_run,
    withdraw_phrase,
)
from aoxanh.initiatives.actions.waves import decline_offer, draw_waves, take_offer

__all__ = [
    "ASKED_BY_PHONE",
    "DutyFacts",
    "EffectFacts",
    "InitiativeFacts",
    "MaterialFacts",
    "MeetingFacts",
    "PhraseFacts",
    "RunFacts",
    "Sent",
    "Told",
    "add_material",
    "add_phrase",
    "adopt",
    "change",
    "check_fidelity",
    "count_activations",
    "decide",
    "decline_offer",
    "draw_waves",
    "load_models",
    "merge",
    "propose",
    "record_came",
    "record_duty",
    "record_later",
    "record_meeting",
    "record_run",
    "remove_material",
    "stop_adoption",
    "store_effect",
    "take_offer",
    "take_proposals",
    "tell_adapted",
    "withdraw_phrase",
]
