"""What is done about initiatives: proposed, decided, furnished with materials, adopted, and recorded by the tools of the named models."""

from aoxanh.initiatives.actions.adoptions import (
    adopt,
    check_fidelity,
    stop_adoption,
    store_effect,
    tell_adapted,
)
from aoxanh.initiatives.actions.deciding import decide, merge
from aoxanh.initiatives.actions.materials import MaterialFacts, add_material, remove_material
from aoxanh.initiatives.actions.proposing import InitiativeFacts, Told, change, propose, take_proposals
from aoxanh.initiatives.actions.seeding import load_models

__all__ = [
    "InitiativeFacts",
    "MaterialFacts",
    "Told",
    "add_material",
    "adopt",
    "change",
    "check_fidelity",
    "decide",
    "load_models",
    "merge",
    "propose",
    "remove_material",
    "stop_adoption",
    "store_effect",
    "take_proposals",
    "tell_adapted",
]
