"""Materials of an initiative: scripts, links, documents and sound clips, with the consent of whoever is heard."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.initiatives import queries
from aoxanh.initiatives.errors import ConsentMissing, UnfitFile, UnfitInitiative
from aoxanh.initiatives.files import MOST_MATERIAL, PDF, read_file
from aoxanh.initiatives.models import Initiative, Material
from aoxanh.initiatives.words import fit
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, may

MOST = 12


@dataclass(frozen=True, slots=True)
class MaterialFacts:
    """A material as it is given: with a text, a link, or a file whose form its first bytes decide."""

    title: str
    text: str = ""
    link: str = ""
    file: Iterable[bytes] | None = None
    consent: str = ""
    looked_through: bool = False


@transaction.atomic
def add_material(*, initiative: Initiative, facts: MaterialFacts, by: Actor) -> Material:
    """Add a material. Raises UnfitInitiative, UnfitFile, ConsentMissing, PersonalData or NotAllowed.

    The guard reads texts. It cannot hear a clip or read a PDF, so whoever adds one says that they looked through it.
    """
    row = Initiative.objects.select_for_update(of=("self",)).select_related("place").get(id=initiative.id)
    if not may_furnish(by, row):
        raise NotAllowed
    if row.materials.count() >= MOST:
        raise UnfitInitiative(
            field="title", reason=_("an initiative has at most {most} materials").format(most=MOST)
        )
    material = Material(
        initiative=row,
        title=fit(facts.title, "title", 120, needed=True),
        text=fit(facts.text, "text", 4000, lines=True),
        link=fit_link(facts.link),
        consent=fit(facts.consent, "consent", 200),
    )
    if facts.file is not None:
        _take_file(material, facts)
    elif not material.text and not material.link:
        raise UnfitInitiative(field="text", reason=_("there is neither a text, a link nor a file"))
    else:
        material.form = Material.Form.TEXT if material.text else Material.Form.LINK
    material.save(force_insert=True)
    _record(material, by, action="initiatives.material.added")
    return material


@transaction.atomic
def remove_material(*, material: Material, by: Actor) -> None:
    """Take a material away for good."""
    row = (
        Initiative.objects.select_for_update(of=("self",))
        .select_related("place")
        .get(id=material.initiative_id)
    )
    if not may_furnish(by, row):
        raise NotAllowed
    _record(material, by, action="initiatives.material.removed")
    material.delete()


def may_furnish(actor: Actor, initiative: Initiative) -> bool:
    """Tell whether the actor may add and remove materials: whoever may edit the words, and later those who decide."""
    if initiative.state == Initiative.State.MERGED:
        return False
    deciding = (Permission.INITIATIVE_CONFIRM, Permission.INITIATIVE_REVIEW)
    return queries.may_edit(actor, initiative) or any(may(actor, one, initiative.place) for one in deciding)


def fit_link(link: str) -> str:
    """Return an https address without anything in it that belongs to a person. Raises UnfitInitiative or PersonalData."""
    tidy = fit(link, "link", 300)
    if not tidy:
        return ""
    try:
        parts = urlsplit(tidy)
        fits = parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc
    except ValueError:
        fits = False
    if not fits or " " in tidy:
        raise UnfitInitiative(field="link", reason=_("a link begins with https://"))
    return tidy


def _take_file(material: Material, facts: MaterialFacts) -> None:
    assert facts.file is not None  # noqa: S101 - the caller has looked
    content, kind = read_file(facts.file, most=MOST_MATERIAL)
    if not facts.looked_through:
        raise UnfitFile(field="looked_through", reason=_("nobody said that it shows no citizen’s data"))
    if kind != PDF and not material.consent:
        raise ConsentMissing(field="consent")
    material.form = Material.Form.PDF if kind == PDF else Material.Form.SOUND
    material.content, material.content_type, material.looked_through = content, kind, True


def _record(material: Material, by: Actor, *, action: str) -> None:
    audit.record(
        chain=material.initiative.place_id,
        actor=str(by),
        action=action,
        subject=f"initiative:{material.initiative_id}",
        details={"form": material.form},
    )
