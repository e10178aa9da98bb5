"""Badge tokens: one spelling each, and nothing but the right key's signature over the very bytes is taken."""

import base64
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aoxanh.kernel.ids import uuid7
from aoxanh.people.badges import tokens
from tests.safety.badges import BadgePhone

NOON = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
PHONE = BadgePhone()
SECRET = "the installation's secret"
CORRUPTED = 10_000


def holds(token: str, phone: BadgePhone = PHONE) -> bool:
    """Tell whether the server would take a token as signed, by the phone's key or by its own."""
    said = tokens.read(token)
    if isinstance(said, tokens.PhoneToken):
        return said.key == phone.key_id and tokens.is_signed_by_phone(said, phone.point)
    if isinstance(said, tokens.PrintedToken):
        return tokens.is_signed_by_server(said, tokens.server_key(SECRET).public_key())
    return False


def printed() -> str:
    return tokens.printed(uuid7(), date(2026, 8, 31), tokens.server_key(SECRET))


def raw(token: str) -> bytes:
    return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))


def corrupted(token: str, random: Random) -> str:
    """Return the token spoilt in one of the ways that messages, cameras and frauds spoil it."""
    match random.randrange(6):
        case 0:
            at = random.randrange(len(token))
            return token[:at] + random.choice("ABCabc019-_ .é") + token[at + 1 :]
        case 1:
            return token[: random.randrange(len(token))]
        case 2:
            return token + random.choice(["A", "=", "AA", token])
        case 3:
            bits = bytearray(raw(token))
            bits[random.randrange(len(bits))] ^= 1 << random.randrange(8)
            return tokens.spell(bytes(bits))
        case 4:
            one, other = sorted(random.sample(range(len(token)), 2))
            return token[:one] + token[other] + token[one + 1 : other] + token[one] + token[other + 1 :]
        case _:
            body = raw(token)
            return tokens.spell(body[:-64] + random.randbytes(64))


@pytest.mark.parametrize("make", [lambda: PHONE.token(NOON), printed], ids=["phone", "printed"])
def test_of_ten_thousand_corrupted_badges_none_is_taken(make) -> None:
    random, token = Random(7), make()
    assert holds(token)
    spoilt = [corrupted(token, random) for _ in range(CORRUPTED)]
    assert sum(one != token for one in spoilt) > CORRUPTED * 0.98
    assert [one for one in spoilt if one != token and holds(one)] == []


@settings(max_examples=500, deadline=None)
@given(some.text(max_size=130) | some.binary(max_size=100).map(tokens.spell))
def test_no_text_at_all_is_an_error_or_a_badge(text: str) -> None:
    assert not holds(text)


def test_every_single_bit_of_a_badge_counts() -> None:
    for token in (PHONE.token(NOON), printed()):
        body = raw(token)
        for at in range(len(body) * 8):
            bits = bytearray(body)
            bits[at // 8] ^= 1 << at % 8
            assert not holds(tokens.spell(bytes(bits))), at


def test_the_last_characters_spare_bits_are_no_second_address() -> None:
    token = PHONE.token(NOON)
    same_bytes = [
        token[:-1] + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    ]
    assert [one for one in same_bytes if raw(one) == raw(token)] != [token]
    assert [one for one in same_bytes if tokens.read(one) is not None and holds(one)] == [token]


def test_the_other_signature_of_the_same_text_is_refused() -> None:
    said = tokens.read(PHONE.token(NOON))
    assert isinstance(said, tokens.PhoneToken)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    other = said.signature[:32] + (order - int.from_bytes(said.signature[32:])).to_bytes(32)
    assert not holds(tokens.spell(said.signed + other))
    assert tokens.with_small_s(other) == said.signature


def test_a_badge_signed_again_with_another_key_is_refused() -> None:
    other = BadgePhone()
    assert not holds(other.token(NOON, key_id=PHONE.key_id))
    assert holds(other.token(NOON), other)
    assert not holds(tokens.printed(uuid7(), date(2026, 8, 31), tokens.server_key("another secret")))


@pytest.mark.parametrize(
    "point",
    [
        b"",
        b"\x04" + bytes(64),
        bytes(65),
        b"\x04" + b"\xff" * 64,
        PHONE.point[:-1],
        b"\x02" + PHONE.point[1:33],
    ],
    ids=["nothing", "zeros", "no form", "beyond the field", "a byte short", "compressed"],
)
def test_what_is_no_point_of_the_curve_is_no_key(point: bytes) -> None:
    assert not tokens.is_point(point)
    assert tokens.is_point(PHONE.point)
