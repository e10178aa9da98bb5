"""What the tests of the house look at: its rooms in order, its models and its files."""

import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "aoxanh"


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def floors() -> dict[str, int]:
    """Return each room's floor, the ground floor (kernel) being 0, as the layers contract says."""
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    order = [
        [name.strip().removeprefix("aoxanh.") for name in layer.split("|")] for layer in reversed(layers)
    ]
    return {room: floor for floor, rooms in enumerate(order) for room in rooms}


def room_of(module: str) -> str:
    return module.split(".")[1]


def models() -> list[type[Model]]:
    """Return the models of our rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("aoxanh.")]


def modules() -> list[Path]:
    """Return our Python files, migrations left out."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
