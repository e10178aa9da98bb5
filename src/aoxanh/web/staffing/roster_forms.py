"""What the forms about rosters say: parsed and bounded here, decided by the actions."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.places import queries as places
from aoxanh.staffing.models import Absence, Half, Shift
from aoxanh.staffing.patterns import FARTHEST_KM, MOST_SEATS, Pattern
from aoxanh.staffing.roster_actions import AbsenceFacts, ShiftFacts
from aoxanh.staffing.rostering_words import SEATS

HALF_CHOICES = [("", _("whole day")), *Half.choices]
DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
WEEKS = [(number, str(number)) for number in range(1, 5)]


def mondays(count: int = 10) -> list[tuple[str, str]]:
    """Return this week's Monday and the next ones, as choices."""
    today = clock.today()
    first = today - timedelta(days=today.weekday())
    days = [first + timedelta(weeks=number) for number in range(count)]
    return [(day.isoformat(), day.strftime("%d/%m/%Y")) for day in days]


def seat_fields(prefix: str, label: Any) -> Iterator[tuple[str, forms.IntegerField]]:
    """Yield a number field for each kind of seat."""
    for kind, word in SEATS.items():
        field = forms.IntegerField(label=word, min_value=0, max_value=MOST_SEATS, required=False)
        field.widget.attrs["aria-label"] = f"{label}: {word}"
        yield f"{prefix}_{kind}", field


class DayField(forms.DateField):
    """A day, as a date picker or a person writes it."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], widget=widget, **more)


class WeeksForm(forms.Form):
    """Which weeks."""

    first_day = forms.TypedChoiceField(label=_("First Monday"), coerce=date.fromisoformat)
    weeks = forms.TypedChoiceField(label=_("Weeks"), choices=WEEKS, coerce=int, initial=1)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = mondays()
        self.fields["first_day"].choices = offered  # type: ignore[attr-defined]
        self.fields["first_day"].initial = offered[1][0]


class PatternForm(WeeksForm):
    """Which weeks, and what the usual week looks like."""

    place = forms.CharField(label=_("Where outdoors (hamlet, market)"), max_length=80, required=False)
    km = forms.IntegerField(label=_("Km by road"), min_value=0, max_value=FARTHEST_KM, required=False)
    language = forms.ChoiceField(label=_("Language on market days"), required=False)

    def __init__(self, *args: Any, usual: Pattern, **more: Any) -> None:
        super().__init__(*args, **more)
        languages = [(row.code, row.name_vi) for row in places.languages()]
        self.fields["language"].choices = [("", "—"), *languages]  # type: ignore[attr-defined]
        for name in ("duty", "mobile", "market"):
            self.fields[name] = forms.TypedMultipleChoiceField(
                choices=[(bit, "") for bit in range(14)], coerce=int, required=False, initial=_bits(getattr(usual, name))
            )  # fmt: skip
        for prefix, label, seats in (
            ("duty", _("At the service centre"), usual.duty_seats),
            ("mobile", _("Outdoors"), usual.mobile_seats),
        ):
            for name, field in seat_fields(prefix, label):
                field.initial = seats.get(name.removeprefix(f"{prefix}_")) or None
                self.fields[name] = field
        self.fields["place"].initial, self.fields["km"].initial = usual.place, usual.km or None
        self.fields["language"].initial = usual.language

    def pattern(self) -> Pattern:
        told = self.cleaned_data
        return Pattern(
            duty=_sum(told["duty"]), duty_seats=_seats(told, "duty"), mobile=_sum(told["mobile"]), mobile_seats=_seats(told, "mobile"),
            place=told["place"].strip(), km=told["km"] or 0, language=told["language"], market=_sum(told["market"]) if told["language"] else 0,
        )  # fmt: skip

    @property
    def week(self) -> list[dict[str, Any]]:
        """The days with their two halves for the table: where the team is, and when the market is."""
        ticked = {
            name: {int(bit) for bit in self[name].value() or [] if str(bit).isdecimal()}
            for name in ("duty", "mobile", "market")
        }
        return [
            {"day": day, "half": half.label, "bit": bit, **{name: bit in ticked[name] for name in ticked}}
            for number, day in enumerate(DAYS)
            for half, bit in zip(Half, (2 * number, 2 * number + 1), strict=True)
        ]

    @property
    def duty_seats(self) -> list[forms.BoundField]:
        return [self[f"duty_{kind}"] for kind in SEATS if kind != "police"]

    @property
    def mobile_seats(self) -> list[forms.BoundField]:
        return [self[f"mobile_{kind}"] for kind in SEATS]


class ShiftForm(forms.Form):
    """One shift."""

    day = DayField(label=_("Day"))
    half = forms.ChoiceField(label=_("Half of the day"), choices=Half.choices)
    kind = forms.ChoiceField(label=_("Kind of shift"), choices=Shift.Kind.choices)
    place = forms.CharField(label=_("Where outdoors (hamlet, market)"), max_length=80, required=False)
    km = forms.IntegerField(label=_("Km by road"), min_value=0, max_value=FARTHEST_KM, required=False)
    language = forms.ChoiceField(label=_("Speaker wanted"), required=False)
    leader = forms.BooleanField(
        label=_("A leader or experienced person must be there"), required=False, initial=True
    )
    hot = forms.BooleanField(label=_("Heat warning on this day"), required=False)

    def __init__(self, *args: Any, shift: Shift | None = None, **more: Any) -> None:
        if shift is not None:
            more["initial"] = {
                name: getattr(shift, name)
                for name in ("day", "half", "kind", "place", "language", "leader", "hot")
            }
            more["initial"] |= {
                "km": shift.km or None,
                **{f"seats_{kind}": wanted for kind, wanted in shift.seats.items()},
            }
        super().__init__(*args, **more)
        languages = [(row.code, row.name_vi) for row in places.languages()]
        self.fields["language"].choices = [("", "—"), *languages]  # type: ignore[attr-defined]
        self.fields.update(seat_fields("seats", _("People by kind")))

    def facts(self) -> ShiftFacts:
        told = self.cleaned_data
        return ShiftFacts(
            told["day"], told["half"], told["kind"], _seats(told, "seats"), told["leader"], told["language"], told["place"], told["km"] or 0, told["hot"]
        )  # fmt: skip

    @property
    def seats(self) -> list[forms.BoundField]:
        return [self[f"seats_{kind}"] for kind in SEATS]


class AbsenceForm(forms.Form):
    """Days on which somebody cannot come; never why."""

    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day, if more than one"), required=False)
    half = forms.ChoiceField(label=_("Half of the day"), choices=HALF_CHOICES, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Absence.Kind.choices)

    def facts(self) -> AbsenceFacts:
        told = self.cleaned_data
        return AbsenceFacts(
            told["first_day"], told["last_day"] or told["first_day"], told["half"], told["kind"]
        )


class MemberAbsenceForm(AbsenceForm):
    """Days on which a member of the team cannot come."""

    volunteer = forms.ChoiceField(label=_("Member of the team"))
    field_order = ["volunteer", "first_day", "last_day", "half", "kind"]

    def __init__(self, *args: Any, members: Iterable[tuple[Any, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["volunteer"].choices = list(members)  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """A weekday that somebody would like, or rather not have, among the half days on which their teams serve (14 bits)."""

    likes = forms.ChoiceField(
        label=_("I would"), choices=[("yes", _("like to come")), ("no", _("rather not come"))]
    )
    weekday = forms.TypedChoiceField(label=_("On"), choices=list(enumerate(DAYS)), coerce=int)
    half = forms.ChoiceField(label=_("Half of the day"), choices=HALF_CHOICES, required=False)

    def __init__(self, *args: Any, served: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.served = served
        days = [(day, _day_label(day, served)) for day in range(7) if served >> 2 * day & 3]
        self.fields["weekday"].choices = days  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        half = told.get("half")
        if half and "weekday" in told and not is_served(self.served, told["weekday"], half):
            self.add_error("half", _("Your team does not serve then: the wish would change nothing."))
        return told


def is_served(served: int, weekday: int, half: str) -> bool:
    """Tell whether a half day, or either half of a day, is among those served (14 bits)."""
    wanted = {"": 3, Half.AM: 1, Half.PM: 2}[half]
    return bool(served >> 2 * weekday & wanted)


def _day_label(day: int, served: int) -> Any:
    """Return a day's name, with its half where a team serves on one half only."""
    halves = served >> 2 * day & 3
    if halves == 3:
        return DAYS[day]
    return format_lazy("{} ({})", DAYS[day], Half.AM.label if halves == 1 else Half.PM.label)


def _bits(number: int) -> list[int]:
    return [bit for bit in range(14) if number >> bit & 1]


def _sum(bits: Iterable[int]) -> int:
    return sum(1 << bit for bit in set(bits))


def _seats(told: dict[str, Any], prefix: str) -> dict[str, int]:
    return {kind: told[f"{prefix}_{kind}"] for kind in SEATS if told.get(f"{prefix}_{kind}")}
