"""Evidence in words: one sentence that can be read aloud, and what keeps a grade from being better."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from aoxanh.initiatives.evidence.copies import Lack
from aoxanh.initiatives.evidence.estimate import Evidence
from aoxanh.initiatives.evidence.grade import Doubt, Grade
from aoxanh.initiatives.models import CopyEffect

GRADES: dict[Grade, Any] = {
    Grade.PROVEN: gettext_lazy("proven"),
    Grade.PROMISING: gettext_lazy("promising, not yet proven"),
    Grade.NO_EFFECT: gettext_lazy("no effect seen"),
    Grade.HARMFUL: gettext_lazy("harmful"),
    Grade.TOO_LITTLE: gettext_lazy("too little to say"),
    Grade.NOT_REPLICATED: gettext_lazy("did not replicate"),
}
WHAT: dict[str, Any] = {
    "finished": gettext_lazy("finished sessions per 100"),
    "handed_over": gettext_lazy("hand-overs per 100 sessions"),
    "come_back": gettext_lazy("sessions per 100 in which the citizen must come back"),
    "per_volunteer_day": gettext_lazy("sessions per 10 volunteer days"),
    "minutes": gettext_lazy("minutes per session"),
    "other_language": gettext_lazy("sessions per 100 in another language"),
    "old_age": gettext_lazy("sessions per 100 with people of 60 and over"),
}
DOUBTS: dict[Doubt, Any] = {
    Doubt.FEW_ADOPTERS: gettext_lazy("few communes adopted it"),
    Doubt.FEW_COMPARISONS: gettext_lazy("too few communes to compare with"),
    Doubt.SHORT_BEFORE: gettext_lazy("too little is known of the time before"),
    Doubt.SHORT_AFTER: gettext_lazy("too little time has passed since"),
    Doubt.NO_LOCAL_COMPARISON: gettext_lazy(
        "a whole province adopted it, so that its own course cannot be told apart"
    ),
    Doubt.ONE_PROVINCE: gettext_lazy("seen in one province only"),
    Doubt.MANY_QUESTIONS: gettext_lazy("among so many questions one such answer comes by chance"),
    Doubt.DRIFTED_BEFORE: gettext_lazy("these communes were already on another course before"),
    Doubt.FAKE_DATE: gettext_lazy("a made-up earlier date shows an effect too"),
    Doubt.PLACEBO: gettext_lazy("communes that did nothing show as much"),
    Doubt.NOT_COPIED: gettext_lazy("not yet confirmed where it was copied"),
    Doubt.WIDE: gettext_lazy("the interval is too wide"),
    Doubt.WIDENED: gettext_lazy(
        "the interval was widened, since communes that did nothing jump more than expected"
    ),
}

LACKS: dict[Lack, Any] = {
    Lack.TOO_EARLY: gettext_lazy("too early: it has not run for four weeks"),
    Lack.FEW_BEFORE: gettext_lazy("too few sessions in the time before"),
    Lack.FEW_SINCE: gettext_lazy("too few sessions since it began"),
    Lack.FEW_COMPARISONS: gettext_lazy("too few communes of the province to compare with"),
    Lack.COPIED_BEFORE: gettext_lazy("it had copied it before, so that there is no time without"),
    Lack.NOTHING_MOVES: gettext_lazy("this does not change in the communes around"),
}


def sentence(evidence: Evidence) -> str:
    """Return the evidence as a sentence: grade, interval, how many communes."""
    grade = str(GRADES[evidence.grade])
    communes = ngettext("{count} commune", "{count} communes", evidence.adopters).format(
        count=evidence.adopters
    )
    if evidence.effect is None:
        return _("{grade}: {communes}").format(grade=grade, communes=communes)
    low, high = _signed(evidence.effect.low), _signed(evidence.effect.high)
    return _("{grade}: {low} to {high} {what}, {communes}").format(
        grade=grade, low=low, high=high, what=WHAT[evidence.indicator.key], communes=communes
    )


def doubts(evidence: Evidence) -> list[str]:
    """Return in words what keeps the grade from being better."""
    return [str(DOUBTS[doubt]) for doubt in evidence.doubts]


def copy_sentence(change: CopyEffect) -> str:
    """Return what one copy changed as a sentence: the interval and how many communes stand beside it, or why nothing is said."""
    if change.low is None or change.high is None:
        return str(LACKS[Lack(change.lack)])
    low, high, what = _signed(change.low), _signed(change.high), WHAT[change.indicator]
    return _("{low} to {high} {what}, {beside}").format(low=low, high=high, what=what, beside=_beside(change))


def copy_interval(change: CopyEffect) -> str:
    """Return the sentence for where the indicator stands beside it already."""
    if change.low is None or change.high is None:
        return copy_sentence(change)
    low, high = _signed(change.low), _signed(change.high)
    return _("{low} to {high}, {beside}").format(low=low, high=high, beside=_beside(change))


def _beside(change: CopyEffect) -> str:
    text = ngettext("beside {count} commune like it", "beside {count} communes like it", change.alike)
    return text.format(count=change.alike)


def _signed(value: float) -> str:
    """Return a change with its sign, whole from 3 on: the digits behind say nothing beside such an interval."""
    digits = 0 if abs(value) >= 3 else 1
    text = f"{abs(value):.{digits}f}"
    if (get_language() or "vi").startswith("vi"):
        text = text.replace(".", ",")
    return text if not text.strip("0.,") else f"{'+' if value > 0 else '−'}{text}"
