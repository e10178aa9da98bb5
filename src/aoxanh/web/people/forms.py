"""Forms about people: they parse, the actions decide; a refusal is shown at its field with the remedy."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people.actions import VolunteerFacts
from aoxanh.people.models import Membership, Role, Team, Volunteer
from aoxanh.places.models import Language, Place
from aoxanh.training import queries as training
from aoxanh.training.models import SkillGroup

LEVELS = [(0, _("none")), (1, _("basic")), (2, _("good")), (3, _("can teach others"))]
TONGUES = [(1, _("simple words")), (2, _("conversation")), (3, _("mother tongue or as good"))]
DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
LANGUAGE_ROWS = 3
REACHES = [
    (0, _("my own commune only")),
    (5, _("up to 5 km")),
    (15, _("up to 15 km")),
    (30, _("up to 30 km")),
    (60, _("up to 60 km")),
    (100, _("up to 100 km")),
    (300, _("anywhere in the province")),
]


def show_refusal(form: forms.Form, error: DomainError) -> None:
    """Put a refusal where the person can see which answer it is about."""
    form.add_error(
        error.field if error.field in form.fields else None, f"{error} {error.remedy_text}".strip()
    )


class TeamForm(forms.Form):
    """A new team."""

    name = forms.CharField(label=_("Name of the team"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind of team"), choices=Team.Kind.choices)


class MemberForm(forms.Form):
    """Who joins, and as what."""

    volunteer = forms.ModelChoiceField(label=_("Volunteer"), queryset=Volunteer.objects.none())
    position = forms.ChoiceField(label=_("As"), choices=Membership.Position.choices)

    def __init__(self, *args: Any, volunteers: QuerySet[Volunteer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volunteer"].queryset = volunteers  # type: ignore[attr-defined]


class SkillsForm(forms.Form):
    """What volunteers themselves may change: skills, hours and languages."""

    technology = forms.TypedChoiceField(label=_("Technology"), choices=LEVELS, coerce=int)
    communication = forms.TypedChoiceField(label=_("Communication"), choices=LEVELS, coerce=int)
    reach_km = forms.TypedChoiceField(
        label=_("How far to travel for the campaign"),
        choices=REACHES,
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Nobody is sent farther than this."),
    )
    willing_abroad = forms.BooleanField(
        label=_("Ready to help another province that is short of people"), required=False
    )

    def __init__(self, *args: Any, languages: Iterable[Language], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((language.code, language.name_vi) for language in languages)]
        for row in range(LANGUAGE_ROWS):
            self.fields[f"language_{row}"] = forms.ChoiceField(
                label=_("Language"), choices=choices, required=False
            )
            self.fields[f"tongue_{row}"] = forms.TypedChoiceField(
                label=_("How well"), choices=TONGUES, coerce=int, initial=2, required=False, empty_value="2"
            )
        halves = [(2 * day + half, "") for day in range(7) for half in range(2)]
        self.fields["availability"] = forms.TypedMultipleChoiceField(
            label=_("Free half days"), choices=halves, coerce=int, required=False
        )

    @property
    def week(self) -> list[tuple[Any, list[tuple[int, bool]]]]:
        """The days with their two halves, ticked or not, for the table of hours."""
        ticked = {str(bit) for bit in self["availability"].value() or []}
        return [
            (day, [(bit, str(bit) in ticked) for bit in (2 * number, 2 * number + 1)])
            for number, day in enumerate(DAYS)
        ]

    @property
    def tongues(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"language_{row}"], self[f"tongue_{row}"]) for row in range(LANGUAGE_ROWS)]

    def all_facts(self, volunteer: Volunteer | None) -> VolunteerFacts:
        """Return what is true of the volunteer once this form is saved."""
        if volunteer is None:
            raise Http404
        return self._facts(volunteer.full_name, volunteer.home, volunteer.adult_on)

    def _facts(self, full_name: str, home: Place, adult_on: date | None) -> VolunteerFacts:
        told = self.cleaned_data
        rows = [row for row in range(LANGUAGE_ROWS) if told[f"language_{row}"]]
        languages = {told[f"language_{row}"]: int(told[f"tongue_{row}"]) for row in rows}
        availability = sum(1 << bit for bit in set(told["availability"]))
        return VolunteerFacts(
            full_name, home, told["technology"], told["communication"], availability, languages, adult_on,
            told["reach_km"], told["willing_abroad"],
        )  # fmt: skip


class VolunteerForm(SkillsForm):
    """Everything about a volunteer, for whoever answers for them."""

    full_name = forms.CharField(label=_("Full name"), max_length=80)
    home = forms.ModelChoiceField(label=_("Commune of residence"), queryset=Place.objects.none())
    adult_on = forms.DateField(
        label=_("Day of turning 18, only for 16 and 17 year olds"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Left empty for adults: no birth date is kept. Minors never handle dossiers without an adult on the shift."
        ),
    )

    field_order = ["full_name", "home", "adult_on", "username"]

    def __init__(self, *args: Any, communes: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = communes  # type: ignore[attr-defined]

    def all_facts(self, _volunteer: Volunteer | None) -> VolunteerFacts:
        told = self.cleaned_data
        return self._facts(told["full_name"], told["home"], told["adult_on"])


class NewVolunteerForm(VolunteerForm):
    """A new volunteer, with an account if one is wanted at once."""

    username = forms.CharField(
        label=_("Account name"),
        max_length=60,
        required=False,
        help_text=_("For example lan.lungcu. Leave it empty to give the account later."),
    )


class AccountForm(forms.Form):
    """The name of a new account."""

    username = forms.CharField(label=_("Account name"), max_length=60, help_text=_("For example lan.lungcu."))


class CertificateForm(forms.Form):
    """A certificate as the paper says it."""

    group = forms.ModelChoiceField(
        label=_("Skill group"), queryset=SkillGroup.objects.none(), empty_label=None
    )
    issued_on = forms.DateField(
        label=_("Issued on"),
        initial=clock.today,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_to = forms.DateField(
        label=_("Holds until, if it ends"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label=_("Course or decision"), max_length=120, help_text=_("For example: provincial course of June.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = training.skill_groups()  # type: ignore[attr-defined]


class ConsentForm(forms.Form):
    """A guardian's consent as the signed paper says it, without who signed."""

    given_on = forms.DateField(
        label=_("Day on the paper"),
        initial=clock.today,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    paper = forms.CharField(
        label=_("Which paper"),
        max_length=120,
        help_text=_("For example: consent form of the commune's Union. Not the guardian's name or number."),
    )
    kept_at = forms.CharField(
        label=_("Where the paper is kept"),
        max_length=120,
        help_text=_("For example: file of minors, office of the commune's Union."),
    )


class RoleForm(forms.Form):
    """Who gets which role; a name is given when the account is new."""

    username = forms.CharField(label=_("Account name"), max_length=60)
    display_name = forms.CharField(label=_("Full name, if the account is new"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class LanguageForm(forms.Form):
    """The language a person reads in."""

    language = forms.ChoiceField(
        label=_("Language of the pages"), choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
