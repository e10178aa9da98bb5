"""Finding a procedure by what people type; the phone runs the same in static/field/retrieval.js, term for term."""

from aoxanh.assistant.retrieval.index import Entry, Found, Index, Searched

__all__ = ["Entry", "Found", "Index", "Searched"]
