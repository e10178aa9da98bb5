"""Settings of the optional language model; without an address there is none, and nothing of the product needs one."""

from django.core.exceptions import ImproperlyConfigured

from aoxanh.assistant.llm.client import Endpoint
from aoxanh.config import environment as env

LLM_ENABLED = env.flag(
    "AOXANH_LLM_ENABLED",
    default=False,
    meaning="Let the assistant ask the language model below; can be switched off at run time, never on without this",
)
LLM_SEARCH_TERMS = env.flag(
    "AOXANH_LLM_SEARCH_TERMS",
    default=False,
    meaning="Where no procedure is found, let that model propose other words to search for; costs a call more for such questions",
)
_URL = env.text(
    "AOXANH_LLM_URL",
    "",
    "Base address of an OpenAI-compatible endpoint, e.g. https://llm.example/v1; https, or http on this machine only",
).rstrip("/")
_MODEL = env.text("AOXANH_LLM_MODEL", "", "Name of the model at that endpoint")
_KEY = env.text("AOXANH_LLM_KEY", "", "Bearer key for that endpoint, where it wants one; never logged")
_TIMEOUT = env.number(
    "AOXANH_LLM_TIMEOUT", 20, "Seconds after which a call is given up, whatever has come by then"
)
LLM_DAILY_BUDGET = env.number(
    "AOXANH_LLM_DAILY_BUDGET", 200_000, "Tokens of all servers together in a day; no call is made beyond them"
)


def _endpoint() -> Endpoint | None:
    """Return the endpoint, or None without an address. A half or unsafe one stops the start."""
    if not _URL:
        return None
    endpoint = Endpoint(_URL, _MODEL, _KEY, _TIMEOUT)
    if not endpoint.is_private or not _MODEL or not 0 < _TIMEOUT <= 120 or any(sign <= " " for sign in _KEY):
        raise ImproperlyConfigured(
            "AOXANH_LLM_URL must be https (http only on this machine), with AOXANH_LLM_MODEL, a key without blanks and"
            " AOXANH_LLM_TIMEOUT between 1 and 120; see docs/reference/settings.md"
        )
    return endpoint


LLM_ENDPOINT = _endpoint()
