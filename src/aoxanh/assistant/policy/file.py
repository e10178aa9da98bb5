"""Reading `data/policy.yaml`: an error names the line, the rule and the way out, since the file is edited by hand."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from aoxanh.assistant.policy.judging import EXAMPLES, PERSONAL_DATA, Policy, Rule
from aoxanh.assistant.policy.letters import written_words
from aoxanh.assistant.policy.phrases import (
    Lists,
    Part,
    Phrase,
    PhraseInvalid,
    WordList,
    choice_of,
    read_phrase,
)
from aoxanh.assistant.replies import Kind
from aoxanh.procedures.card import Text

PATH = Path(__file__).parents[1] / "data" / "policy.yaml"
KINDS = {kind.value: kind for kind in (Kind.REFUSE, Kind.POLICE, Kind.OUTSIDE)}
_TEXTS = ("covers", "say", "go")
_PHRASES = ("phrases", "always", "unless", "not_with")
_FIELDS = {"rule", "kind", "stops", "finds", *_PHRASES, *_TEXTS}


class PolicyInvalid(ValueError):
    """The file says something that cannot be; the message names the line, what is wrong and what to do."""

    def __init__(self, node: Node, where: str, problem: str) -> None:
        super().__init__(f"line {node.start_mark.line + 1}, {where}: {problem}")


@cache
def read_policy(path: Path = PATH) -> Policy:
    """Return the policy in force. Raises PolicyInvalid."""
    return parse_policy(path.read_text(encoding="utf-8"))


def parse_policy(text: str) -> Policy:
    """Return the policy that a text in the form of the file says. Raises PolicyInvalid."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PolicyInvalid(_at(line - 1), "file", f"this is no YAML: {error.problem}") from error
    parts = _fields(root or _at(0), "file", {"short_forms", "lists", "rules"})
    lists: dict[str, WordList] = {}
    for key, node in _pairs(parts["lists"], "lists"):
        lists[key] = _list(key, node, lists)
    rules = [_rule(node, lists) for node in _items(parts["rules"], "rules")]
    for number, node in enumerate(_items(parts["rules"], "rules")):
        if rules[number].name in (rule.name for rule in rules[:number]):
            raise PolicyInvalid(node, f"rule {rules[number].name}", "two rules have this name; rename one")
    if not rules or rules[0].finds != PERSONAL_DATA:
        raise PolicyInvalid(
            parts["rules"], "rules", f"the first rule has to be the one with `finds: {PERSONAL_DATA}`"
        )
    return Policy(rules, lists, _short_forms(parts["short_forms"]))


def _at(line: int) -> Node:
    mark = yaml.Mark("policy", 0, line, 0, None, 0)
    return ScalarNode("tag:yaml.org,2002:str", "", mark, mark)


def _short_forms(node: Node) -> dict[str, list[tuple[str, str]]]:
    """Return what is typed for short, with the marks it is typed with, and what it stands for."""
    found: dict[str, list[tuple[str, str]]] = {}
    for meaning, forms in _pairs(node, "short_forms"):
        meant = written_words(meaning)
        if len(meant) != 1:
            raise PolicyInvalid(forms, f"short form {meaning}", "has to stand for one word")
        for form in _words(forms, f"short form {meaning}").split():
            for one in written_words(form):
                found.setdefault(one.letters, []).append((meant[0].letters, one.marks))
    return found


def _list(name: str, node: Node, lists: Lists) -> WordList:
    where = f"list {name}"
    fields = {"words": node}
    if isinstance(node, MappingNode):
        fields = _fields(node, where, {"words"}, {"except"})
    options = [_one_part(text, item, where, lists) for item, text in _phrase_texts(fields["words"], where)]
    excepted = _phrase_texts(fields["except"], where) if "except" in fields else ()
    choice = choice_of([part.sequel for part in options], lists)
    return WordList(choice, tuple(_one_part(text, item, where, lists) for item, text in excepted))


def _phrase_texts(node: Node, where: str) -> Iterator[tuple[Node, str]]:
    """Yield phrases: of a list, one an entry; of a text, parted by commas."""
    for item in node.value if isinstance(node, SequenceNode) else [node]:
        for text in _words(item, where).split(","):
            yield item, text.strip()


def _one_part(text: str, node: Node, where: str, lists: Lists) -> Part:
    parts = _phrase(text, node, where, lists)
    if len(parts) > 1:
        raise PolicyInvalid(node, where, f'"{text}": "&" can only stand in the phrases of a rule')
    return parts[0]


def _phrase(text: str, node: Node, where: str, lists: Lists) -> Phrase:
    try:
        return read_phrase(text, lists)
    except PhraseInvalid as error:
        raise PolicyInvalid(node, where, f'"{text}": {error}') from error


def _rule(node: Node, lists: Lists) -> Rule:
    fields = _fields(node, "rule", {"rule", "covers", "kind", "say", "go"}, _FIELDS)
    name = _words(fields["rule"], "rule")
    where = f"rule {name}"
    kind = _words(fields["kind"], where)
    if kind not in KINDS:
        raise PolicyInvalid(fields["kind"], where, f"`kind` is one of {', '.join(KINDS)}")
    stops = _words(fields["stops"], where) if "stops" in fields else "yes"
    if stops not in ("yes", "no"):
        raise PolicyInvalid(fields["stops"], where, "`stops` is yes or no")
    finds = _words(fields["finds"], where) if "finds" in fields else ""
    if finds not in ("", PERSONAL_DATA, EXAMPLES):
        raise PolicyInvalid(fields["finds"], where, f"what can be found is {PERSONAL_DATA} or {EXAMPLES}")
    if bool(finds) == ("phrases" in fields):
        raise PolicyInvalid(
            node,
            where,
            "a rule has `phrases`; only those for personal data and examples have `finds` instead",
        )
    texts = {key: _text(fields[key], where) for key in _TEXTS}
    phrases = {key: _phrases(fields.get(key), where, lists) for key in _PHRASES}
    if any(len(phrase) > 1 for phrase in phrases["unless"]):
        raise PolicyInvalid(fields["unless"], where, 'in `unless` nothing is joined by "&"')
    return Rule(
        name=name,
        kind=KINDS[kind],
        stops=stops == "yes",
        finds=finds,
        covers=texts["covers"],
        say=texts["say"],
        go=texts["go"],
        phrases=phrases["phrases"],
        always=phrases["always"],
        unless=phrases["unless"],
        not_with=phrases["not_with"],
    )


def _phrases(node: Node | None, where: str, lists: Lists) -> tuple[Phrase, ...]:
    if node is None:
        return ()
    return tuple(_phrase(_words(item, where), item, where, lists) for item in _items(node, where))


def _text(node: Node, where: str) -> Text:
    fields = _fields(node, where, {"vi", "en"})
    return Text(vi=_words(fields["vi"], where), en=_words(fields["en"], where))


def _fields(node: Node, where: str, needed: set[str], allowed: Iterable[str] = ()) -> dict[str, Node]:
    found = dict(_pairs(node, where))
    known = sorted({*needed, *allowed})
    for name, value in found.items():
        if name not in known:
            raise PolicyInvalid(value, where, f"`{name}` is not known here; it has {', '.join(known)}")
    for name in sorted(needed - found.keys()):
        raise PolicyInvalid(node, where, f"`{name}` is missing")
    return found


def _pairs(node: Node, where: str) -> list[tuple[str, Node]]:
    if not isinstance(node, MappingNode):
        raise PolicyInvalid(node, where, "expected names, each with a colon and what it stands for")
    return [(_words(key, where), value) for key, value in node.value]


def _items(node: Node, where: str) -> list[Node]:
    if not isinstance(node, SequenceNode):
        raise PolicyInvalid(node, where, 'expected entries, each after "- "')
    return list(node.value)


def _words(node: Node, where: str) -> str:
    if not isinstance(node, ScalarNode) or not node.value.strip():
        raise PolicyInvalid(node, where, "expected a text that says something")
    return str(node.value).strip()
