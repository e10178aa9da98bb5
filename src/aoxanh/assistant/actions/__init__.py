"""What people do with the assistant, besides asking."""

from aoxanh.assistant.actions.language_model import switch_language_model

__all__ = ["switch_language_model"]
