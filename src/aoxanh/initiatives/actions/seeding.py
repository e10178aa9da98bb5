"""Loading the models that come with the product, without touching what people have made of them since."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from aoxanh.initiatives import checklists
from aoxanh.initiatives.models import Initiative
from aoxanh.initiatives.words import searchable
from aoxanh.places import queries as places

FIELDS = ("title", "problem", "steps", "where", "conditions", "limits")


def id_of_model(slug: str) -> UUID:
    """Return the id of a model that comes with the product, the same at every site."""
    return uuid5(NAMESPACE_URL, f"aoxanh:initiative:{slug}")


@transaction.atomic
def load_models() -> int:
    """Load the described models that are not there yet, as entries of the nation; return how many. Safe to run again."""
    told = checklists.models()
    rows = [_row(model, told.source) for model in told.models]
    known = set(Initiative.objects.filter(id__in=[row.id for row in rows]).values_list("id", flat=True))
    return len(Initiative.objects.bulk_create([row for row in rows if row.id not in known]))


def _row(model: checklists.Model, source: checklists.Text) -> Initiative:
    texts = {name: getattr(model, name) for name in FIELDS}
    words = [getattr(text, language) for text in texts.values() for language in ("vi", "en")]
    return Initiative(
        id=id_of_model(model.slug),
        place=places.nation(),
        kind=model.kind,
        origin=Initiative.Origin.PRESS,
        state=Initiative.State.DESCRIBED,
        is_public=True,
        source=source.vi,
        english={name: text.en for name, text in texts.items()} | {"source": source.en},
        fold=searchable(model.kind, *words),
        **{name: text.vi for name, text in texts.items()},
    )
