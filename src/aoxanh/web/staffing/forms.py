"""Forms about needs: they parse, the actions decide."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from aoxanh.places import queries as places
from aoxanh.staffing.actions import NeedFacts, PostFacts
from aoxanh.staffing.allocation.problem import KINDS
from aoxanh.staffing.models import Need
from aoxanh.staffing.models.needs import Kind
from aoxanh.web.people.forms import DAYS

LEVELS = [(0, _("any")), (1, _("basic")), (2, _("good"))]
LANGUAGE_ROWS = 4
POST_FIELDS = ("wanted", "minimum", "technology", "communication")


class NeedForm(forms.Form):
    """What one commune needs: a row of four fields for each kind of post, languages, leaders, half days, the way there."""

    leaders = forms.IntegerField(label=_("Team leaders"), min_value=0)
    half_days = forms.IntegerField(label=_("Half days of work a week, in all"), min_value=0)
    has_road = forms.BooleanField(
        label=_("People from other communes can get there by road or regular boat"), required=False
    )
    boat_km = forms.IntegerField(
        label=_("Kilometres by boat on top of the road"), min_value=0, required=False
    )

    def __init__(self, *args: Any, rows: int = LANGUAGE_ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for kind in KINDS:
            for name in POST_FIELDS[:2]:
                self.fields[f"{name}_{kind}"] = forms.IntegerField(min_value=0, initial=0)
            for name in POST_FIELDS[2:]:
                self.fields[f"{name}_{kind}"] = forms.TypedChoiceField(choices=LEVELS, coerce=int, initial=0)
        choices = [
            ("", "—"),
            *((item.code, item.name_vi) for item in places.languages() if item.code != "vie"),
        ]
        for row in range(self.rows):
            self.fields[f"language_{row}"] = forms.ChoiceField(
                label=_("Language"), choices=choices, required=False
            )
            self.fields[f"speakers_{row}"] = forms.IntegerField(
                label=_("Speakers"), min_value=0, required=False
            )
        halves = [(bit, "") for bit in range(14)]
        for name, label in (("open_halves", _("Open")), ("mobile_halves", _("Mobile"))):
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=label, choices=halves, coerce=int, required=False
            )

    @classmethod
    def of(cls, need: Need | None, data: QueryDict | None) -> "NeedForm":
        """Return the form as it stands for a commune, or as it was filled in."""
        rows = LANGUAGE_ROWS
        start: dict[str, Any] = {"leaders": 0, "half_days": 0, "has_road": True, "boat_km": 0}
        if need is not None:
            start = {name: getattr(need, name) for name in start}
            for name in ("open_halves", "mobile_halves"):
                start[name] = [bit for bit in range(14) if getattr(need, name) >> bit & 1]
            for post in need.posts.all():
                start |= {f"{name}_{post.kind}": getattr(post, name) for name in POST_FIELDS}
            spoken = list(need.languages.all())
            for row, one in enumerate(spoken):
                start |= {f"language_{row}": one.language_id, f"speakers_{row}": one.speakers}
            rows = max(LANGUAGE_ROWS, len(spoken) + 1)
        return cls(data, initial=start, rows=rows)

    @property
    def posts(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(Kind(kind).label, [self[f"{name}_{kind}"] for name in POST_FIELDS]) for kind in KINDS]

    @property
    def tongues(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"language_{row}"], self[f"speakers_{row}"]) for row in range(self.rows)]

    @property
    def week(self) -> list[tuple[Any, list[tuple[str, int, bool]]]]:
        """The days with (field, bit, ticked) for open morning and afternoon, then mobile morning and afternoon."""
        ticked = {
            name: {str(bit) for bit in self[name].value() or []} for name in ("open_halves", "mobile_halves")
        }
        return [
            (
                day,
                [
                    (name, bit, str(bit) in ticked[name])
                    for name in ticked
                    for bit in (2 * number, 2 * number + 1)
                ],
            )
            for number, day in enumerate(DAYS)
        ]

    def facts(self) -> NeedFacts:
        """Return what the form says."""
        told = self.cleaned_data
        posts = {kind: PostFacts(*(told[f"{name}_{kind}"] for name in POST_FIELDS)) for kind in KINDS}
        speakers = {
            told[f"language_{row}"]: told[f"speakers_{row}"] or 0
            for row in range(self.rows)
            if told[f"language_{row}"]
        }
        open_halves, mobile_halves = (
            sum(1 << bit for bit in set(told[name])) for name in ("open_halves", "mobile_halves")
        )
        return NeedFacts(
            posts, speakers, told["leaders"], told["half_days"], open_halves, mobile_halves,
            told["has_road"], told["boat_km"] or 0,
        )  # fmt: skip
