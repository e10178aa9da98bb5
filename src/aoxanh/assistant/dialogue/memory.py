"""What a dialogue remembers, and the moves that need it: the second one, the one before, none of these."""

from aoxanh.assistant.dialogue.hearing import Clause
from aoxanh.assistant.dialogue.phrases import Phrases
from aoxanh.assistant.replies import Kind, Part, Pinned


def remembered(pinned: Pinned, part: Part) -> Pinned:
    """Return what to remember after a part was said."""
    offered = tuple(named.code for named in part.candidates)
    if part.kind in (Kind.OUTSIDE, Kind.REFUSE) or not offered:
        return pinned
    if part.kind is Kind.ASK_BACK:
        return Pinned("", part.slot, offered, pinned.code or pinned.before)
    code = offered[0]
    before = pinned.code if pinned.code not in ("", code) else pinned.before
    # The one chosen of several is followed by the others, so that "the second one" stays what was second.
    kept = pinned.offered if code in pinned.offered and len(offered) == 1 else offered
    return Pinned(code, part.slot, kept, before)


def dropped(pinned: Pinned) -> Pinned:
    """Return what to remember when none of what was shown is right."""
    return Pinned(before=pinned.code or pinned.before)


def chosen(clause: Clause, pinned: Pinned, phrases: Phrases) -> str | None:
    """Return which of the offered procedures is pointed at: its code, "" when there is none at that place, None when none is."""
    if clause.says_any(phrases.moves.last):
        return pinned.offered[-1] if pinned.offered else ""
    for at, names in enumerate(phrases.moves.ordinals):
        if clause.says_any(names):
            return pinned.offered[at] if at < len(pinned.offered) else ""
    return None


def told_apart(clause: Clause, pinned: Pinned, phrases: Phrases) -> str:
    """Return the one of the offered procedures that the words settle, "" when they settle none or several."""
    told = {
        one.code
        for family in phrases.siblings
        for one in family.among
        if one.code in pinned.offered and clause.says_any(one.tells)
    }
    return told.pop() if len(told) == 1 else ""
