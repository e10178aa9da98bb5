"""Phrase cards of technology interpreters, and who on duty or on call speaks a language."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from aoxanh.initiatives import actions, adoption_queries
from aoxanh.initiatives.actions import PhraseFacts
from aoxanh.initiatives.errors import UnknownInitiative
from aoxanh.initiatives.life import may_touch
from aoxanh.initiatives.models import PhraseCard
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.staffing.duty_queries import duty_of
from aoxanh.web.initiatives.files import PIECE, file_answer
from aoxanh.web.initiatives.forms import languages
from aoxanh.web.initiatives.registry import actor_of, hearing, proposing_places

SHOWN = 200
MOST_SPEAKERS = 30
ORDER = {"here": 0, "rostered": 1, "off": 2}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who speaks a language: here, rostered now, or to be called."""

    name: str
    level: int
    duty: str


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@hearing
def index(request: HttpRequest) -> HttpResponse:
    """List the phrase cards of a language, add one, and say who speaks it."""
    actor = actor_of(request)
    communes = _communes(actor)
    refusal = None
    if request.method == "POST":
        try:
            _add(request, actor)
        except DomainError as error:
            if error.status == 404:
                raise
            refusal = error
        else:
            messages.success(request, _("Added; everybody who helps in this language finds it here."))
            return redirect("phrases")
    language = request.GET.get("language", "")[:8]
    known = dict(languages())
    page = {
        "cards": [
            (card, may_touch(actor, Permission.ADOPTION_RECORD, card.commune)) for card in _cards(language)
        ],
        "languages": languages(),
        "language": language if language in known else "",
        "language_name": known.get(language, ""),
        "speakers": _speakers(actor, language) if language in known else [],
        "communes": communes,
        "refusal": refusal,
        "given": {
            name: request.POST.get(name, "")[:400] for name in ("text_vi", "text", "consent", "language")
        },
    }
    return render(request, "initiatives/phrases.html", page, status=refusal.status if refusal else 200)


@require_safe
@never_cache
def sound(_request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Give the voice of a phrase card."""
    card = adoption_queries.phrase_card(card_id)
    if card.sound is None:
        raise UnknownInitiative
    return file_answer(bytes(card.sound), card.sound_type, f"cau-noi-{str(card.id)[-8:]}")


@require_POST
def withdraw(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Take a phrase card back."""
    actions.withdraw_phrase(card=adoption_queries.phrase_card(card_id), by=actor_of(request))
    return redirect("phrases")


def _add(request: HttpRequest, actor: Actor) -> None:
    given, file = request.POST, request.FILES.get("sound")
    facts = PhraseFacts(
        commune=places.place_by_code(given.get("commune", "")),
        language=given.get("language", ""),
        text_vi=given.get("text_vi", ""),
        text=given.get("text", ""),
        consent=given.get("consent", ""),
        sound=file.chunks(PIECE) if file else None,
    )
    actions.add_phrase(facts=facts, by=actor)


def _cards(language: str) -> list[PhraseCard]:
    return list(adoption_queries.phrase_cards(language)[:SHOWN])


def _communes(actor: Actor) -> list[Place]:
    """Return the communes for which the actor adds cards; a province's coordinator leaves that to its communes."""
    own = [place for place in proposing_places(actor) if place.level == Place.Level.COMMUNE]
    return [place for place in own if may_touch(actor, Permission.ADOPTION_RECORD, place)]


def _speakers(actor: Actor, language: str) -> list[Speaker]:
    """Return the volunteers whom the actor may see and who speak a language, whoever is here first; Vietnamese needs no search."""
    rows = people.volunteers_visible_to(actor).filter(language_skills__language=language)
    found = []
    for row in rows.prefetch_related("language_skills")[:MOST_SPEAKERS]:
        level = max(skill.level for skill in row.language_skills.all() if skill.language_id == language)
        found.append(Speaker(row.full_name, level, duty_of(row.id, clock.now())))
    return sorted(found, key=lambda one: (ORDER[one.duty], -one.level, one.name))
