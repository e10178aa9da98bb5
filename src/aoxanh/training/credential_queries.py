"""Reads about signed certificates: whether one is genuine, and the lists of those taken back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.db.models import Q

from aoxanh.kernel import clock
from aoxanh.training import queries
from aoxanh.training.credentials import credential, jose, status
from aoxanh.training.credentials.checking import Reason, Refused, verify
from aoxanh.training.credentials.codes import id_of
from aoxanh.training.keys import SigningKey, published_keys
from aoxanh.training.models import Certificate, CredentialIndex, SkillGroup

# How long a copy of a list may be relied on: a day without a network, and the rest of the day it was fetched on.
LIST_HOLDS = timedelta(days=2)
State = Literal["genuine", "not_yet", "ended", "revoked", "unknown", "forged"]
_OF_REASON: dict[Reason, State] = {"not_yet": "not_yet", "expired": "ended", "revoked": "revoked"}


@dataclass(frozen=True, slots=True)
class Check:
    """What the public may know of a certificate: nothing at all unless it is ours."""

    state: State
    holder: str = ""
    group: SkillGroup | None = None
    issued_on: date | None = None
    last_day: date | None = None
    revoked_on: date | None = None


class _TakenBack:
    """The indexes that were taken back, asked for one by one; an index that we never gave counts as taken back too."""

    def __contains__(self, index: object) -> bool:
        if not isinstance(index, int):
            return True
        vouched = CredentialIndex.objects.filter(
            number=index, certificate__isnull=False, certificate__revoked_on=None
        )
        return not vouched.exists()


def short_name(full_name: str) -> str:
    """Return the given name with the initial of the family name: "Lan V." for Vàng Thị Lan."""
    family, *rest = full_name.split() or [""]
    return f"{rest[-1]} {family[0]}." if rest else family


def check(text: str) -> Check:
    """Tell what a printed code, the address under its QR code, or a whole credential stands for."""
    told = "".join(text.split()) if "." in text and len(text) > 100 else text.strip()
    token = told.count(".") == 2 and len(told) > 100 and "/" not in told
    return check_token(told) if token else check_code(told.rstrip("/").rsplit("/", 1)[-1])


def check_code(code: str) -> Check:
    """Tell what the certificate with a code is worth today."""
    id_ = id_of(code)
    certificate = queries.certificate_with_id(id_) if id_ else None
    return _checked(certificate) if certificate else Check("unknown")


def check_token(token: str) -> Check:
    """Tell what a signed credential is worth today; one that is not ours says nothing."""
    try:
        found = verify(token, published_keys(), clock.now(), _TakenBack())
    except Refused as refusal:
        return Check(_OF_REASON.get(refusal.reason, "forged"))
    certificate = queries.certificate_with_id(found.id)
    return _checked(certificate) if certificate else Check("unknown")


def status_list(number: int, *, site: str, key: SigningKey) -> str | None:
    """Return a signed status list as of today, None for one that is not begun; the same all day unless somebody is taken back."""
    if number < 1 or (number > 1 and number > lists_begun()):
        return None
    first = (number - 1) * status.LENGTH
    taken = CredentialIndex.objects.filter(
        Q(certificate=None) | Q(certificate__revoked_on__isnull=False),
        number__range=(first, first + status.LENGTH - 1),
    )
    start = datetime.combine(clock.today(), time(), clock.VIETNAM)
    payload = status.payload_of(
        (index - first for index in taken.values_list("number", flat=True)),
        address=credential.status_address(site, number),
        issuer=credential.issuer_of(site)["id"],
        valid_from=start,
        valid_until=start + LIST_HOLDS,
    )
    return jose.sign(payload, key.private, credential.kid_of(site, key.thumbprint))


def lists_begun() -> int:
    """Return how many status lists there are."""
    last = CredentialIndex.objects.order_by("-number").values_list("number", flat=True).first()
    return 1 if last is None else status.list_of(last)


def _checked(certificate: Certificate) -> Check:
    today = clock.today()
    if certificate.revoked_on is not None and certificate.revoked_on <= today:
        state: State = "revoked"
    elif certificate.valid_to is not None and certificate.valid_to <= today:
        state = "ended"
    else:
        state = "genuine" if certificate.issued_on <= today else "not_yet"
    return Check(
        state,
        short_name(certificate.volunteer.full_name),
        certificate.group,
        certificate.issued_on,
        certificate.valid_to - timedelta(days=1) if certificate.valid_to else None,
        certificate.revoked_on,
    )
