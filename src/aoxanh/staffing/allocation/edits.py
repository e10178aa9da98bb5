"""Hand edits: which of them can be honoured together, and which contradict a person's no, a rule or each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from aoxanh.staffing.allocation.problem import (
    ANY_KIND,
    KINDS,
    Communes,
    Edit,
    Ints,
    People,
    Settings,
    may_serve,
)
from aoxanh.staffing.allocation.roads import kilometres

Noes = list[frozenset[tuple[int, int]]]
Known = tuple[str, int, int, int]  # verb, person, commune, kind


@dataclass(frozen=True)
class Desk:
    """What edits are held against, and where flaws are told."""

    people: People
    communes: Communes
    index: dict[str, int]
    noes: Noes
    settings: Settings
    tell: Callable[[str, str], None]


def settle(desk: Desk, edits: Iterable[Edit]) -> tuple[People, Noes, Ints]:
    """Return people and refusals with the bans in them, and the pins that can be honoured."""
    known = _known(desk, edits)
    by_person: dict[int, list[Known]] = defaultdict(list)
    for edit in known:
        by_person[edit[1]].append(edit)
    pins, bans = [], {}
    for person, mine in by_person.items():
        if _contradict(mine):
            for edit in mine:
                desk.tell("edits_contradict", _name(desk, edit))
            continue
        banned = {(edit[2], edit[3]) for edit in mine if edit[0] == "ban"}
        if banned:
            bans[person] = banned
        pins += [edit for edit in mine if edit[0] == "pin" and _honourable(desk, edit)][:1]
    people, noes = _refuse(desk, bans)
    return people, noes, _within_need(desk, pins)


def _known(desk: Desk, edits: Iterable[Edit]) -> list[Known]:
    persons = {name: number for number, name in enumerate(desk.people.ids)}
    found: dict[Known, None] = {}
    for edit in edits:
        kind = KINDS.index(edit.kind) if edit.kind in KINDS else ANY_KIND
        fine = (
            edit.verb in {"pin", "ban"}
            and edit.person in persons
            and edit.commune in desk.index
            and (kind != ANY_KIND or (edit.verb == "ban" and not edit.kind))
        )
        if fine:
            found[edit.verb, persons[edit.person], desk.index[edit.commune], kind] = None
        else:
            desk.tell(
                "edit_unknown", " ".join(filter(None, (edit.verb, edit.person, edit.commune, edit.kind)))
            )
    return list(found)


def _contradict(mine: list[Known]) -> bool:
    pins = [edit[2:] for edit in mine if edit[0] == "pin"]
    bans = {edit[2:] for edit in mine if edit[0] == "ban"}
    return len(pins) > 1 or any(pin in bans or (pin[0], ANY_KIND) in bans for pin in pins)


def _name(desk: Desk, edit: Known) -> str:
    kind = "" if edit[3] == ANY_KIND else f" {KINDS[edit[3]]}"
    return f"{edit[0]} {desk.people.ids[edit[1]]} {desk.communes.codes[edit[2]]}{kind}"


def _honourable(desk: Desk, edit: Known) -> bool:
    """Tell whether a pin can stand. It may go beyond what a person said they would travel, never against a no, a certificate or a minor's limit."""
    people, (_, person, commune, kind) = desk.people, edit
    noes = desk.noes[people.noes[person]]
    if not people.available[person] or (commune, ANY_KIND) in noes or (commune, kind) in noes:
        desk.tell("edit_against_no", _name(desk, edit))
        return False
    one = np.array([person])
    may = may_serve(people.certificates[one], people.adult[one])[0, kind]
    km = kilometres(desk.communes, people.home[one], np.array([commune]), desk.settings)[0, 0]
    if not may or not (people.adult[person] or km <= desk.settings.minor_km):
        desk.tell("edit_against_rule", _name(desk, edit))
        return False
    return True


def _refuse(desk: Desk, bans: dict[int, set[tuple[int, int]]]) -> tuple[People, Noes]:
    noes, mine = list(desk.noes), desk.people.noes.copy()
    number = {each: index for index, each in enumerate(noes)}
    for person, banned in bans.items():
        each = noes[mine[person]] | banned
        if each not in number:
            number[each] = len(noes)
            noes.append(each)
        mine[person] = number[each]
    return replace(desk.people, noes=mine), noes


def _within_need(desk: Desk, pins: list[Known]) -> Ints:
    room = desk.communes.needs.copy()
    kept = []
    for pin in pins:
        if room[pin[2], pin[3]] > 0:
            room[pin[2], pin[3]] -= 1
            kept.append(pin[1:])
        else:
            desk.tell("edit_above_need", _name(desk, pin))
    return np.array(kept, dtype=np.int64).reshape(len(kept), 3)
