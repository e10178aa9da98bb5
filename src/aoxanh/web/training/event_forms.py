"""Forms about training events: they parse, the actions decide."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.training import event_queries, queries
from aoxanh.training.actions import EventFacts
from aoxanh.training.errors import UnfitEvent
from aoxanh.training.models import SkillGroup, TrainingEvent

FORMAT = "%Y-%m-%dT%H:%M"


class _Moment(forms.DateTimeField):
    """A moment by Vietnam's clock, as browsers and people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=[FORMAT, "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMAT),
            **kwargs,
        )


class EventForm(forms.Form):
    """A new session; somebody who only passes sessions on chooses which one."""

    title = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of session"))
    parent = forms.ChoiceField(
        label=_("Passes on"),
        required=False,
        help_text=_("Only for a session that passes on what you were taught."),
    )
    place = forms.ChoiceField(label=_("Held by"))
    group = forms.ModelChoiceField(
        label=_("Skill group"), queryset=SkillGroup.objects.none(), required=False, empty_label="—"
    )
    course = forms.ChoiceField(label=_("Course"), required=False)
    organiser = forms.CharField(label=_("Organisation that teaches"), max_length=120, required=False)
    link = forms.CharField(
        label=_("Link to the broadcast"), max_length=300, required=False, help_text=_("Begins with https://")
    )
    starts_at = _Moment(label=_("Begins"))
    ends_at = _Moment(label=_("Ends"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self._places = {place.code: place for place in places_for(actor)}
        self.attended = {str(event.id): event for event in self._attended()}
        edits = places_reached(actor, Permission.EVENT_EDIT) != []
        kinds = [kind for kind in TrainingEvent.Kind if edits or kind == TrainingEvent.Kind.CASCADE]
        if not self.attended:
            kinds = [kind for kind in kinds if kind != TrainingEvent.Kind.CASCADE]
            del self.fields["parent"]
        else:
            titles = [
                (id_, f"{event.title} ({event.starts_at.astimezone(clock.VIETNAM):%d/%m/%Y})")
                for id_, event in self.attended.items()
            ]
            self._choose("parent", [("", "—"), *titles])
        self._choose("kind", [(kind.value, kind.label) for kind in kinds])
        self._choose(
            "place",
            [(code, capfirst(place.address)) for code, place in self._places.items()],
        )
        self.fields["group"].queryset = queries.skill_groups()  # type: ignore[attr-defined]
        english = get_language() == "en"
        titles = [(one.code, one.title.en if english else one.title.vi) for one in queries.courses()]
        self._choose("course", [("", "—"), *titles])
        start = (clock.now() + timedelta(days=7)).astimezone(clock.VIETNAM).replace(hour=14, minute=0)
        self.fields["starts_at"].initial, self.fields["ends_at"].initial = start, start + timedelta(hours=3)

    def facts(self) -> EventFacts:
        """Return what was told; who passes something on is the person who says so."""
        told = self.cleaned_data
        is_cascade = told["kind"] == TrainingEvent.Kind.CASCADE
        return EventFacts(
            title=told["title"], kind=TrainingEvent.Kind(told["kind"]), place=self._places[told["place"]], starts_at=told["starts_at"],
            ends_at=told["ends_at"], group=told["group"], course=told["course"], organiser=told["organiser"], link=told["link"],
            parent=self.attended.get(told.get("parent", "")) if is_cascade else None,
            taught_by=self.actor.volunteer_id if is_cascade else None,
        )  # fmt: skip

    def _attended(self) -> list[TrainingEvent]:
        return event_queries.events_attended(self.actor.volunteer_id) if self.actor.volunteer_id else []

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class PointsForm(forms.Form):
    """One point in each commune of some places."""

    places = forms.MultipleChoiceField(label=_("In every commune of"))
    name = forms.CharField(
        label=_("Where in the commune"), max_length=120, initial=_("Service centre of the commune")
    )

    def __init__(self, *args: Any, event: TrainingEvent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = places.children_of(event.place) if event.place.level != Place.Level.COMMUNE else [event.place]
        choices = [(place.code, capfirst(place.full_name)) for place in below]
        if event.place.level != Place.Level.COMMUNE:
            choices.insert(0, (event.place_id, str(_("all of them"))))
        self.fields["places"].choices = choices  # type: ignore[attr-defined]


class PointForm(forms.Form):
    """One more point, by the commune's code or name."""

    commune = forms.CharField(label=_("Commune, by name or code"), max_length=120)
    name = forms.CharField(label=_("Where in the commune"), max_length=120)
    capacity = forms.IntegerField(label=_("Seats"), min_value=0, max_value=100_000, required=False)
    host = forms.CharField(label=_("Account name of who answers for it"), max_length=60, required=False)


class HostForm(forms.Form):
    """Who answers for a point, by the name they sign in with; left empty, nobody does."""

    host = forms.CharField(
        label=_("Account name of who answers for it"),
        max_length=60,
        required=False,
        help_text=_("Leave it empty to name nobody: the commune's staff may still run the point."),
    )

    def account(self) -> UUID | None:
        """Return the account that was named. Raises UnfitEvent when there is none."""
        return account_named(self.cleaned_data["host"])


def account_named(name: str) -> UUID | None:
    """Return the account of somebody who is to answer for a point, None for an empty name. Raises UnfitEvent."""
    account = people.account_by_username(name) if name else None
    if name and account is None:
        raise UnfitEvent(field="host", reason=_("there is no account of this name"))
    return account.id if account else None


def places_for(actor: Actor) -> list[Place]:
    """Return the places for which the actor may set up a session: where they schedule, and where they may teach."""
    reach = places_reached(actor, Permission.EVENT_EDIT)
    if reach is None:
        return [places.nation()]
    codes = set(reach) | {
        grant.place_code
        for grant in actor.grants
        if grant.level == "commune" and actor.volunteer_id is not None
    }
    return [places.place_by_code(code) for code in sorted(codes)]
