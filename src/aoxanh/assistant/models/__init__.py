"""What the assistant keeps: never who asked, and a question's words only when somebody sent them on purpose."""

from aoxanh.assistant.models.aliases import AliasProposal
from aoxanh.assistant.models.approved import ApprovedAnswer
from aoxanh.assistant.models.asked import AskedCount, UnansweredQuestion
from aoxanh.assistant.models.flags import Flag
from aoxanh.assistant.models.language_model import LanguageModelCall, LanguageModelDay, LanguageModelSwitch
from aoxanh.assistant.models.slots import SlotName

__all__ = [
    "AliasProposal",
    "ApprovedAnswer",
    "AskedCount",
    "Flag",
    "LanguageModelCall",
    "LanguageModelDay",
    "LanguageModelSwitch",
    "SlotName",
    "UnansweredQuestion",
]
