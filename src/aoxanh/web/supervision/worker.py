"""The service worker that shows messages, as it is served: from an address that never changes, with the icon's name before it."""

import json
from pathlib import Path

from django.templatetags.static import static

FILE = Path(__file__).resolve().parent.parent / "static" / "web" / "push_worker.js"
ICON = "field/icons/icon-192.png"


def code() -> str:
    """Return the worker's code."""
    return f"const ICON = {json.dumps(static(ICON))};\n{FILE.read_text(encoding='utf-8')}"
