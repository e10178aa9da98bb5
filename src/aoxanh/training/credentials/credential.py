"""What a certificate's credential says, in the words of Open Badges 3.0 and of W3C Verifiable Credentials 2.0."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from aoxanh.training.credentials.codes import code_of
from aoxanh.training.credentials.status import list_of, position_of

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
ISSUER_NAME = "Áo Xanh"


@dataclass(frozen=True, slots=True)
class Award:
    """A certificate as the engine knows it. `holder` is no more of a name than the public check shows."""

    id: UUID
    holder: str
    group: str
    group_name: str
    valid_from: datetime
    valid_until: datetime | None
    status_index: int


def issuer_of(site: str) -> dict[str, Any]:
    """Return the profile of who stands behind the certificates of this site."""
    return {"id": f"{site}/credentials/issuer", "type": ["Profile"], "name": ISSUER_NAME, "url": site}


def kid_of(site: str, thumbprint: str) -> str:
    """Return where the public key with this thumbprint can be fetched."""
    return f"{site}/credentials/keys/{thumbprint}"


def achievement_of(site: str, group: str, name: str) -> dict[str, Any]:
    """Return what was achieved: a skill group."""
    return {
        "id": f"{site}/credentials/groups/{group}",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": name,
        "description": name,
        "criteria": {"narrative": f"{site}/learn/"},
    }


def payload_of(award: Award, site: str) -> dict[str, Any]:
    """Return the credential with the registered claims of its JWT, which repeat what it says."""
    address = f"{site}/c/{code_of(award.id)}/"
    subject = f"urn:uuid:{award.id}"
    until = {"validUntil": stamp(award.valid_until)} if award.valid_until else {}
    expiry = {"exp": int(award.valid_until.timestamp())} if award.valid_until else {}
    return {
        "@context": CONTEXT,
        "id": address,
        "type": TYPES,
        "issuer": issuer_of(site),
        "name": award.group_name,
        "validFrom": stamp(award.valid_from),
        **until,
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": award.holder,
                    "identityType": "name",
                }
            ],
            "achievement": achievement_of(site, award.group, award.group_name),
        },
        "credentialStatus": _status(award.status_index, site),
        "iss": issuer_of(site)["id"],
        "jti": address,
        "sub": subject,
        "nbf": int(award.valid_from.timestamp()),
        **expiry,
    }


def status_address(site: str, number: int) -> str:
    """Return where a status list is published."""
    return f"{site}/credentials/status/{number}"


def stamp(moment: datetime) -> str:
    """Return a moment as XML Schema's dateTimeStamp, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _status(index: int, site: str) -> dict[str, str]:
    address = status_address(site, list_of(index))
    return {
        "id": f"{address}#{position_of(index)}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(position_of(index)),
        "statusListCredential": address,
    }
