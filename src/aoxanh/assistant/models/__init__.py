"""What the assistant keeps: never a question by itself."""

from aoxanh.assistant.models.language_model import LanguageModelCall, LanguageModelDay, LanguageModelSwitch

__all__ = ["LanguageModelCall", "LanguageModelDay", "LanguageModelSwitch"]
