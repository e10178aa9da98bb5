"""The procedures door: find and read the guided cards, the guides, and what a phone keeps for the days without a network."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from ninja import Query, Router, Schema
from pydantic import Field

from aoxanh.api.auth import PERSON
from aoxanh.api.days import Day
from aoxanh.api.learned import ApprovedOut, Learned, learned_in
from aoxanh.api.refusals import REFUSALS
from aoxanh.api.safety import notices_of
from aoxanh.assistant import queries as assistant
from aoxanh.people.actors import Actor
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.procedures import queries
from aoxanh.procedures.models import ProcedureVersion
from aoxanh.procedures.queries import ShownCard
from aoxanh.procedures.reference import changes_since, cursor_of

router = Router(tags=["procedures"], auth=None)

# Goes up when the shape of what a phone is given changes, so that every phone fetches anew.
_REFERENCE_FORM = "1"
_FRESH_FOR = 300


class TextOut(Schema):
    """A text in both languages."""

    vi: str
    en: str


class StepOut(TextOut):
    """One step, and who takes it."""

    who: Literal["citizen", "volunteer", "official"]


class FeeOut(TextOut):
    """What it costs, and how sure that is."""

    certainty: Literal["free", "fixed", "varies", "council", "unverified"]


class BodiesOut(Schema):
    """Where help is given, where the case is handed in, who decides."""

    support: TextOut
    receive: TextOut
    decide: TextOut


class CardOut(Schema):
    """The guided card as it holds now; `version` is what a phone reports back, `province` is null for the national card.

    `said` are citizens' words for it that officials confirmed, `approved` the answers that offices approved.
    """

    code: str
    version: int
    province: str | None
    valid_from: date
    valid_to: date | None
    group: str
    name: TextOut
    authority: TextOut
    bodies: BodiesOut
    online_level: Literal["full", "partial", "none"]
    channels: list[str]
    time: TextOut
    time_working_days: int | None
    fee: FeeOut
    papers: list[TextOut]
    steps: list[StepOut]
    never: list[TextOut]
    result: TextOut
    legal: list[str]
    changed: TextOut | None
    notes: list[TextOut]
    aliases: list[str]
    asks_province: bool
    confidence: Literal["high", "medium"]
    source: str
    checked_by: str
    checked_on: date | None
    supersedes: list[str]
    superseded_by: str | None
    has_newer_national: bool
    link: str
    said: list[str]
    approved: list[ApprovedOut]


class FoundProcedures(Schema):
    """The cards that fit what was typed, best first; all of them when nothing was typed."""

    text: str
    procedures: list[CardOut]


class VersionOut(Schema):
    """One version of a card: when and where it held, and who checked it."""

    number: int
    province: str | None
    valid_from: date
    valid_to: date | None
    name: TextOut
    confidence: str
    source: str
    checked_by: str
    checked_on: date | None
    published_at: int


class VersionsOut(Schema):
    """Every version a procedure ever had, newest first."""

    code: str
    superseded_by: str | None
    versions: list[VersionOut]


class LanguageOut(Schema):
    """A language people are helped in."""

    code: str
    name: TextOut


class ShortForm(Schema):
    """What people type for short and what it may stand for; or, `beside`, what they say and what they may mean by it."""

    short: str
    longs: list[str]
    beside: bool = False


class CommuneName(Schema):
    """A commune as a phone shows it."""

    code: str
    name: str
    address: str


class ReferenceOut(Schema):
    """What changed after the cursor. An empty list or object in an answer that is not `full` says "as you have it"."""

    cursor: str
    full: bool
    procedures: list[CardOut]
    withdrawn: list[str]
    guides: dict[str, Any]
    languages: list[LanguageOut]
    abbreviations: list[ShortForm]
    places: list[CommuneName]
    notices: list[dict[str, Any]]


class Wanted(Schema):
    """What is searched for, and for which province."""

    q: str = Field("", max_length=200)
    province: str = Field("", max_length=5)


class Asked(Schema):
    """The day and the province a card is asked for."""

    day: Day | None = None
    province: str = Field("", max_length=5)


@router.get("/procedures", response={200: FoundProcedures, 304: None, **REFUSALS})
def find_procedures(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponseBase:
    """Find procedures by name, citizens' words, short form or code; accents are optional. Without `q`, all of them."""
    province = _province(wanted.province)
    found = (
        assistant.find_procedures(wanted.q, province) if wanted.q.strip() else queries.current_cards(province)
    )
    learned = learned_in(province)
    return _public(request, {"text": wanted.q, "procedures": [card_facts(shown, learned) for shown in found]})


@router.get("/procedures/{code}", response={200: CardOut, 304: None, **REFUSALS})
def show_procedure(request: HttpRequest, code: str, asked: Query[Asked]) -> HttpResponseBase:
    """Return one guided card, as it holds today or held on a day; the province's own where there is one."""
    province = _province(asked.province)
    return _public(request, card_facts(queries.card_on(code, asked.day, province), learned_in(province)))


@router.get("/procedures/{code}/versions", response={200: VersionsOut, 304: None, **REFUSALS})
def list_versions(request: HttpRequest, code: str) -> HttpResponseBase:
    """Return every version of a card, of the nation and of the provinces."""
    versions = queries.versions_of(code)
    return _public(
        request,
        {
            "code": code,
            "superseded_by": queries.successor_of(code),
            "versions": [_version(version) for version in versions],
        },
    )


@router.get("/guides", response={200: dict[str, Any], 304: None, **REFUSALS})
def list_guides(request: HttpRequest) -> HttpResponseBase:
    """Return the guides by key: `vneid` (levels, problems, limits, scams), `essential25`, `abbreviations`."""
    return _public(request, queries.guides())


@router.get("/reference", auth=PERSON, response={200: ReferenceOut, 304: None, **REFUSALS})
def pull_reference(request: HttpRequest, cursor: str = "") -> HttpResponseBase:
    """Give a phone what changed of its cards, guides, languages, short forms and commune names since the cursor, and all notices."""
    province = own_province(request.actor)  # type: ignore[attr-defined]
    answer = reference_since(cursor[:20_000], province)
    # Always whole, beside the cursor: what a phone has read is its owner's own.
    answer["notices"] = notices_of(request.actor)  # type: ignore[attr-defined]
    response = _json(request, answer, f"{answer['cursor']}{cursor}{answer['notices']}")
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Authorization", "Cookie"])
    return response


def reference_since(cursor: str, province: Place | None) -> dict[str, Any]:
    """Put together what a phone of a province lacks; see docs/reference/sync-protocol.md."""
    guides, languages = queries.guides(), _languages()
    short_forms = [*guides.get("abbreviations", []), *assistant.sayings()]
    communes = _communes(province)
    card_stamps, learned = queries.card_stamps(province), learned_in(province)
    stamps = {
        **{code: f"{_REFERENCE_FORM}{stamp}{learned.stamp(code)}" for code, stamp in card_stamps.items()},
        **{
            f"({name})": _stamp(part)
            for name, part in (
                ("guides", [guides, short_forms]),
                ("languages", languages),
                ("places", communes),
            )
        },
    }
    changes = changes_since(cursor, stamps, queries.known_codes())
    codes = changes.fresh & card_stamps.keys()
    return {
        "cursor": cursor_of(stamps),
        "full": changes.full,
        "procedures": [card_facts(shown, learned) for shown in queries.current_cards(province, codes=codes)]
        if codes
        else [],
        "withdrawn": list(changes.gone),
        "guides": {key: guides[key] for key in guides if key != "abbreviations"}
        if "(guides)" in changes.fresh
        else {},
        "languages": languages if "(languages)" in changes.fresh else [],
        "abbreviations": short_forms if "(guides)" in changes.fresh else [],
        "places": communes if "(places)" in changes.fresh else [],
        "notices": [],
    }


def card_facts(shown: ShownCard, learned: Learned) -> dict[str, Any]:
    """Return a card with what its version says of it and what was learned since, flat, as phones keep it."""
    version = shown.version
    card: dict[str, Any] = version.card
    return card | {
        "version": version.number,
        "province": version.province_id,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "asks_province": shown.asks_province,
        "confidence": version.confidence,
        "checked_by": version.checked_by,
        "checked_on": version.checked_on,
        "superseded_by": shown.superseded_by,
        "has_newer_national": shown.has_newer_national,
        "link": shown.link,
        **learned.facts(card["code"], version.id),
    }


def own_province(actor: Actor) -> Place | None:
    """Return the province the person works in: of their team first, else of a role; None for somebody of the centre."""
    communes: Iterable[str] = sorted(actor.team_communes) or sorted(
        grant.place_code for grant in actor.grants
    )
    code = next((code for code in communes if code.isdigit()), "")
    return _province(code)


def _version(version: ProcedureVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "province": version.province_id,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "name": {"vi": version.name_vi, "en": version.name_en},
        "confidence": version.confidence,
        "source": version.source,
        "checked_by": version.checked_by,
        "checked_on": version.checked_on,
        "published_at": int(version.published_at.timestamp() * 1000),
    }


def _province(code: str) -> Place | None:
    if not code:
        return None
    place = places.place_by_code(code)
    return {Place.Level.COMMUNE: place.parent, Place.Level.PROVINCE: place}.get(Place.Level(place.level))


def _languages() -> list[dict[str, Any]]:
    rows = places.language_names(places.known_languages()).values()
    return [
        {"code": row.code, "name": {"vi": row.name_vi, "en": row.name_en}}
        for row in sorted(rows, key=lambda row: row.code)
    ]


def _communes(province: Place | None) -> list[dict[str, str]]:
    if province is None:
        return []
    rows = places.communes_in(province.code)
    return [
        {"code": row.code, "name": row.full_name, "address": f"{row.full_name}, {province.full_name}"}
        for row in rows
    ]


def _stamp(part: Any) -> str:
    return _REFERENCE_FORM + msgspec.json.encode(part, order="sorted").decode()


def _public(request: HttpRequest, answer: Any) -> HttpResponseBase:
    response = _json(request, answer)
    patch_cache_control(response, public=True, max_age=_FRESH_FOR)
    return response


def _json(request: HttpRequest, answer: Any, tag: str = "") -> HttpResponseBase:
    """Answer with JSON and an ETag, or with 304 when the caller has it already."""
    body = msgspec.json.encode(answer)
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = quote_etag(hashlib.blake2b(tag.encode() or body, digest_size=12).hexdigest())
    return get_conditional_response(request, response["ETag"], None, response) or response
