"""Signed certificates: any library can check them, and nothing forged, changed, ended or taken back is believed."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from aoxanh.kernel.ids import uuid7
from aoxanh.training.credentials import codes, jose, status
from aoxanh.training.credentials.checking import Refused, read_status_list, verify
from aoxanh.training.credentials.credential import Award, kid_of, payload_of

SITE = "https://aoxanh.example"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NAME = jose.thumbprint(KEY.public_key())
OTHER_NAME = jose.thumbprint(OTHER.public_key())
KEYS = {NAME: KEY.public_key()}
KID = kid_of(SITE, NAME)
FROM = datetime(2026, 6, 1, tzinfo=UTC)
UNTIL = FROM + timedelta(days=365)
NOW = FROM + timedelta(days=30)
AWARD = Award(
    UUID("01970000-0000-7000-8000-000000000001"), "Lan V.", "vneid", "Hỗ trợ VNeID", FROM, UNTIL, 131_075
)
TOKEN = jose.sign(payload_of(AWARD, SITE), KEY, KID)


def refusal(token: str, *, keys=KEYS, at=NOW, revoked=frozenset()) -> str:
    with pytest.raises(Refused) as caught:
        verify(token, keys, at, revoked)
    return caught.value.reason


def forged(header: dict, payload: dict | None = None, key: Ed25519PrivateKey = KEY) -> str:
    parts = [jose.encoded(json.dumps(part).encode()) for part in (header, payload or payload_of(AWARD, SITE))]
    return ".".join((*parts, jose.encoded(key.sign(".".join(parts).encode()))))


def test_a_genuine_certificate_says_what_was_signed() -> None:
    found = verify(TOKEN, KEYS, NOW, frozenset({4}))
    assert (found.id, found.holder, found.group) == (AWARD.id, "Lan V.", "vneid")
    assert (found.valid_from, found.valid_until, found.status_index) == (FROM, UNTIL, 131_075)


def test_the_same_certificate_signed_twice_is_the_same_token() -> None:
    assert jose.sign(payload_of(AWARD, SITE), KEY, KID) == TOKEN


def test_another_library_checks_the_token_with_the_published_keys_alone() -> None:
    published = jwt.PyJWKSet.from_dict({"keys": [jose.jwk(KEY.public_key(), KID)]})
    key = published[jwt.get_unverified_header(TOKEN)["kid"]]
    told = jwt.decode(
        TOKEN,
        key,
        algorithms=["EdDSA"],
        options={"verify_exp": False, "verify_nbf": False, "require": ["iss", "jti", "sub", "nbf"]},
    )
    assert told["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert told["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert (told["iss"], told["jti"], told["sub"]) == (
        told["issuer"]["id"],
        told["id"],
        told["credentialSubject"]["id"],
    )
    assert told["nbf"] == datetime.fromisoformat(told["validFrom"]).timestamp()
    assert told["exp"] == datetime.fromisoformat(told["validUntil"]).timestamp()
    assert told["credentialStatus"]["statusListIndex"] == "3"
    assert told["credentialStatus"]["statusListCredential"] == f"{SITE}/credentials/status/2"


def test_a_certificate_holds_from_its_first_moment_until_just_before_its_end() -> None:
    assert refusal(TOKEN, at=FROM - timedelta(seconds=1)) == "not_yet"
    assert verify(TOKEN, KEYS, FROM, frozenset()).id == AWARD.id
    assert verify(TOKEN, KEYS, UNTIL - timedelta(seconds=1), frozenset()).id == AWARD.id
    assert refusal(TOKEN, at=UNTIL) == "expired"


def test_one_that_was_taken_back_is_refused() -> None:
    assert refusal(TOKEN, revoked={131_075}) == "revoked"


def test_one_signed_anew_with_another_key_is_refused_whatever_it_claims() -> None:
    payload = payload_of(AWARD, SITE)
    assert refusal(jose.sign(payload, OTHER, kid_of(SITE, OTHER_NAME))) == "unknown_key"
    assert refusal(jose.sign(payload, OTHER, KID)) == "signature"
    both = KEYS | {OTHER_NAME: OTHER.public_key()}
    assert refusal(jose.sign(payload, KEY, kid_of(SITE, OTHER_NAME)), keys=both) == "signature"
    assert refusal(jose.sign(payload, OTHER, f"https://fraud.example/keys/{NAME}")) == "signature"
    brought = {"alg": "EdDSA", "kid": KID, "typ": "JWT", "jwk": jose.jwk(OTHER.public_key(), KID)}
    assert refusal(forged(brought, key=OTHER)) == "malformed"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256", "ES256", "", None, ["EdDSA"]])
def test_no_algorithm_but_ours_is_taken(algorithm: object) -> None:
    head, body, _signature = TOKEN.split(".")
    header = json.loads(jose.decoded(head)) | {"alg": algorithm}
    bare = f"{jose.encoded(json.dumps(header).encode())}.{body}."
    assert refusal(bare) == "algorithm"
    assert refusal(forged(header)) == "algorithm"


def test_the_public_key_is_no_shared_secret() -> None:
    public = jose.encoded(KEY.public_key().public_bytes_raw())
    token = jwt.encode(payload_of(AWARD, SITE), public, algorithm="HS256", headers={"kid": KID})
    assert refusal(token) == "algorithm"


def test_a_status_list_is_no_certificate_and_a_certificate_no_list() -> None:
    listed = status_list(range(3))
    assert refusal(listed) == "not_a_certificate"
    with pytest.raises(Refused, match="not_a_certificate"):
        read_status_list(TOKEN, KEYS, NOW)


@pytest.mark.parametrize("field", ["credentialSubject", "credentialStatus", "nbf"])
@pytest.mark.parametrize("value", [None, "x", 1e400, [], {}])
def test_what_our_key_signed_in_another_shape_is_refused(field: str, value: object) -> None:
    payload = payload_of(AWARD, SITE) | {field: value}
    assert refusal(jose.sign(payload, KEY, KID)) == "malformed"


def test_every_truncated_token_is_refused() -> None:
    for length in range(len(TOKEN)):
        with pytest.raises(Refused):
            verify(TOKEN[:length], KEYS, NOW, frozenset())


def test_of_ten_thousand_random_corruptions_none_is_accepted() -> None:
    random = Random(24)
    accepted = [
        changed for changed in (corrupted(TOKEN, random) for _ in range(10_000)) if is_accepted(changed)
    ]
    assert accepted == []
    assert is_accepted(TOKEN)


def test_no_other_spelling_of_the_last_character_is_accepted() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    others = [TOKEN[:-1] + letter for letter in letters if letter != TOKEN[-1]]
    assert not any(is_accepted(token) for token in others)


def test_a_packed_list_gives_back_its_bits_the_first_one_leftmost() -> None:
    bits = {0, 7, 8, 94_567, status.LENGTH - 1}
    assert status.unpacked(status.packed(bits)) == bits
    raw = gzip.decompress(jose.decoded(status.packed([0])[1:]))
    assert (raw[0], len(raw)) == (0x80, 16_384)


def test_a_list_counts_only_while_it_is_fresh_and_only_when_we_signed_it() -> None:
    token = status_list({3, 9})
    assert read_status_list(token, KEYS, NOW) == {131_075, 131_081}
    with pytest.raises(Refused, match="stale_list"):
        read_status_list(token, KEYS, NOW + timedelta(days=2))
    with pytest.raises(Refused, match="unknown_key"):
        read_status_list(token, {OTHER_NAME: OTHER.public_key()}, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "u!",
        "u" + jose.encoded(b"x"),
        "u" + jose.encoded(gzip.compress(bytes(9))),
        "u" + jose.encoded(gzip.compress(bytes(1 << 24))),
    ],
    ids=["nothing", "no multibase", "no base64", "no gzip", "too short", "a bomb"],
)
def test_a_list_of_another_length_is_not_unpacked(text: str) -> None:
    with pytest.raises(jose.Malformed):
        status.unpacked(text)


def test_a_code_stands_for_one_id_however_it_is_typed() -> None:
    for id_ in (UUID(int=0), UUID(int=(1 << 128) - 1), *(uuid7() for _ in range(50))):
        code = codes.code_of(id_)
        assert (
            codes.id_of(code) == codes.id_of(codes.grouped(code)) == codes.id_of(f" {code.upper()} ") == id_
        )
    assert codes.id_of("O0Il" + "0" * 22) == codes.id_of("0011" + "0" * 22)


@pytest.mark.parametrize("text", ["", "abc", "u" * 26, "z" * 26, "0" * 27, "é" * 26, TOKEN])
def test_what_is_no_code_has_no_id(text: str) -> None:
    assert codes.id_of(text) is None


def status_list(positions) -> str:
    address = f"{SITE}/credentials/status/2"
    payload = status.payload_of(
        positions,
        address=address,
        issuer=f"{SITE}/credentials/issuer",
        valid_from=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=1),
    )
    return jose.sign(payload, KEY, KID)


def corrupted(token: str, random: Random) -> str:
    """Return the token with a bit flipped, a character changed, lost, doubled or moved, or its tail cut."""
    at = random.randrange(len(token))
    kind = random.randrange(6)
    if kind == 0:
        return token[:at] + chr(ord(token[at]) ^ 1 << random.randrange(7)) + token[at + 1 :]
    if kind == 1:
        letters = "".join(
            set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=") - {token[at]}
        )
        return token[:at] + random.choice(sorted(letters)) + token[at + 1 :]
    if kind == 2:
        return token[:at] + token[at + 1 :]
    if kind == 3:
        return token[:at] + token[at] + token[at:]
    if kind == 4:
        return token[:at]
    end = random.randrange(at + 1, len(token) + 1)
    moved = token[:at] + token[at:end][::-1] + token[end:]
    return moved if moved != token else token[:at]


def is_accepted(token: str) -> bool:
    try:
        verify(token, KEYS, NOW, frozenset())
    except Refused:
        return False
    return True
