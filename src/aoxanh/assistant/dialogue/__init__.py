"""Answering from the cards and keeping the thread of a dialogue; the phone does the same in static/field/later/assist/."""

from aoxanh.assistant.dialogue.phrases import Phrases, pack, read_phrases
from aoxanh.assistant.dialogue.turns import Assistant, Judge, Verdict

__all__ = ["Assistant", "Judge", "Phrases", "Verdict", "pack", "read_phrases"]
