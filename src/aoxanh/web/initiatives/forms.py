"""Forms about creative models; what fits is decided by the actions, a form only reads what was typed."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from aoxanh.initiatives.actions import InitiativeFacts
from aoxanh.initiatives.kinds import Helper, Kind
from aoxanh.initiatives.models import ClassMeeting, Initiative, JointDuty
from aoxanh.places import queries as places
from aoxanh.places.models import Place

MOST = 100_000


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """Return a field for a calendar day, with the browser's own picker."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


def lines_field(
    label: Any, most: int, *, required: bool = False, rows: int = 3, hint: Any = ""
) -> forms.CharField:
    """Return a field for a text of several lines."""
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=most, required=required, widget=area, help_text=hint)


def count_field(label: Any, *, required: bool = True, most: int = MOST) -> forms.IntegerField:
    """Return a field for a number of people or minutes."""
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=required)


class InitiativeForm(forms.Form):
    """An initiative as it is written."""

    place = forms.ChoiceField(label=_("Place"))
    kind = forms.ChoiceField(label=_("kind"), choices=[(kind.value, capfirst(kind.label)) for kind in Kind])
    title = forms.CharField(label=_("title"), max_length=120)
    problem = lines_field(_("the problem"), 1500, required=True)
    steps = lines_field(
        _("what was done, step by step"), 4000, required=True, rows=6, hint=_("A line for each step.")
    )
    where = forms.CharField(label=_("where"), max_length=160, required=False)
    first_day = day_field(_("first day"), required=False)
    last_day = day_field(_("last day"), required=False)
    cost_vnd = forms.IntegerField(label=_("cost in đồng"), min_value=0, max_value=10**12, required=False)
    equipment = lines_field(_("equipment"), 500, rows=2)
    result = lines_field(
        _("before and after"), 1000, hint=_("The same figure, counted the same way, before and after.")
    )
    conditions = lines_field(_("what it takes to copy it"), 1500)
    limits = lines_field(_("limits and failures"), 1500, hint=_("Others learn most from what did not work."))

    def __init__(self, *args: Any, offered: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.code: place for place in offered}
        choices = [(place.code, capfirst(place.address)) for place in offered]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["place"].initial = offered[0].code
        for role in Helper:
            self.fields[role.value] = count_field(role.label, required=False)

    @property
    def helpers(self) -> list[forms.BoundField]:
        return [self[role.value] for role in Helper]

    @property
    def words(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in Helper.values]

    def facts(self) -> InitiativeFacts:
        """Return what was typed, once the form is valid."""
        told = dict(self.cleaned_data)
        told.pop("place")
        people = {role: count for role in Helper.values if (count := told.pop(role))}
        return InitiativeFacts(people=people, **told)


def initial_of(row: Initiative) -> dict[str, Any]:
    """Return an initiative as the form shows it."""
    names = [name for name in InitiativeForm.base_fields if name != "place"]
    people: dict[str, int] = row.people
    return {name: getattr(row, name) for name in names} | {"place": row.place_id} | people


class MeetingForm(forms.Form):
    """A class."""

    day = day_field(_("day"))
    spot = forms.CharField(label=_("where"), max_length=120, required=False)
    task = forms.ChoiceField(label=_("task"), choices=ClassMeeting.Task.choices)
    minutes = count_field(_("minutes"), most=5000)
    learners = count_field(_("learners"), most=5000)
    could_before = count_field(_("could do it before, without help"), most=5000)
    could_after = count_field(_("could do it at the end, without help"), most=5000)


class RunForm(forms.Form):
    """A loudspeaker round."""

    day = day_field(_("day"))
    route = forms.CharField(label=_("route"), max_length=300)
    language = forms.ChoiceField(label=_("language spoken"))
    minutes = count_field(_("minutes on the road"), most=5000)
    script = lines_field(
        _("script"), 1500, required=True, rows=7, hint=_("60 to 90 seconds: 160 to 240 words, said slowly.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]


class DutyForm(forms.Form):
    """A joint duty."""

    day = day_field(_("day"))
    half = forms.ChoiceField(label=_("half of the day"), choices=JointDuty.Half.choices)
    volunteers = count_field(_("volunteers"), most=5000)
    police = count_field(_("police officers"), most=5000)
    waited = count_field(_("minutes that people waited"), required=False, most=5000)


def languages() -> list[tuple[str, str]]:
    """Return the languages people are helped in, as choices."""
    return [(row.code, str(row)) for row in places.languages()]
