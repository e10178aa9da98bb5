"""What can be wrong with a file or a cell, as codes and facts; the words stand where people are spoken to."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with one row: which column (its key, "" for the row), which rule, and what the words need."""

    code: str
    column: str = ""
    facts: dict[str, str] = field(default_factory=dict)

    def as_list(self) -> list[object]:
        return [self.column, self.code, self.facts]


class CellFlaw(ValueError):
    """A cell cannot be understood; `code` names the rule, `facts` fill its words."""

    def __init__(self, code: str, **facts: str) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


class FileFlaw(ValueError):
    """The whole file is refused; `code` names the rule, `facts` fill its words."""

    def __init__(self, code: str, **facts: str) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)
