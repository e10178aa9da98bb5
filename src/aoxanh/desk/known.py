"""Which procedure codes and languages are known, remembered in the process so that a sync need not ask each time."""

from collections.abc import Callable

from aoxanh.places import queries as places
from aoxanh.procedures import queries as procedures


class KnownWords:
    """A set of codes that only grows; an unknown one is looked up once more before it is called unknown."""

    def __init__(self, load: Callable[[], set[str]]) -> None:
        self._load = load
        self._words: set[str] = set()

    def __contains__(self, word: str) -> bool:
        if word not in self._words:
            self._words = self._load()
        return word in self._words


PROCEDURES = KnownWords(procedures.known_codes)
LANGUAGES = KnownWords(places.known_languages)
