"""What people do with the assistant beside asking: approve, flag, send questions, name things, switch a model."""

from aoxanh.assistant.actions.aliases import decide_alias, propose_alias, withdraw_alias
from aoxanh.assistant.actions.answers import AnswerFacts, approve_answer, withdraw_answer
from aoxanh.assistant.actions.counting import count_asked
from aoxanh.assistant.actions.flags import FlagFacts, answer_flags, flag_answers
from aoxanh.assistant.actions.language_model import switch_language_model
from aoxanh.assistant.actions.questions import QuestionFacts, close_group, send_questions

__all__ = [
    "AnswerFacts",
    "FlagFacts",
    "QuestionFacts",
    "answer_flags",
    "approve_answer",
    "close_group",
    "count_asked",
    "decide_alias",
    "flag_answers",
    "propose_alias",
    "send_questions",
    "switch_language_model",
    "withdraw_alias",
    "withdraw_answer",
]
