"""bench verify: badges looked at on the real page, the engine alone, the bare signature beside both, and forgeries by the thousand."""

import base64
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.kept import KeptConnection
from aoxanh.cli.bench.phones import enrol
from aoxanh.cli.bench.site import BenchSite, bench_site
from aoxanh.kernel.ids import uuid7
from aoxanh.people.badges import tokens

PHONES, CLIENTS = 64, 4
LOOKS, FORGED_LOOKS = 4_000, 1_000
CHECKS, FORGED = 20_000, 10_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_KNOWN = "INSERT INTO people_badgekey (id, device_id, public_key, made_at) VALUES (%s, %s, %s, now())"


class Signer:
    """A phone's key, and badges signed with it as the field app does."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = uuid7()
        self.point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def badge(self, random: Random, moment: datetime | None = None, key_id: UUID | None = None) -> str:
        """Return a fresh badge, or one of another moment, or one that claims another phone's key."""
        slot = tokens.slot_of(moment or datetime.now(UTC))
        said = tokens.phone_statement(key_id or self.id, slot, random.randbytes(4))
        r, s = decode_dss_signature(self.key.sign(said, ec.ECDSA(hashes.SHA256())))
        return tokens.spell(said + tokens.with_small_s(r.to_bytes(32) + s.to_bytes(32)))


def measure(*, seed: int, size: float) -> Report:
    """Return badges a second and CPU each on the page, the engine's cost beside a bare verify, and how many forgeries passed."""
    report = Report(goals={"forged_accepted": ("<=", 0), "wrongly_refused": ("<=", 0)})
    random, signer = Random(seed), Signer()
    bare = _bare(report, max(1000, int(CHECKS * size)))
    _engine(report, signer, random, max(1000, int(CHECKS * size)))
    accepted = _forged(report, signer, random)
    # Each look comes from an address of its own, as citizens' do; the limit for one address is no part of the cost.
    with bench_site(AOXANH_PROXIES="1") as site, site.connect() as connection:
        report.versions["postgresql"] = site.version
        signers = [_known(connection, random, site.url, number) for number in range(PHONES)]
        cpu_ms = _page(site, report, signers, random, max(200, int(LOOKS * size)))
        accepted += _forged_on_page(site, report, signers, random, max(200, int(FORGED_LOOKS * size)))
    report.figures |= {"ratio_to_bare_verify": cpu_ms / bare, "forged_accepted": accepted}
    return report


def _known(connection: "psycopg.Connection[Any]", random: Random, url: str, number: int) -> Signer:
    phone, signer = enrol(connection, random, url, number), Signer()
    connection.execute(_KNOWN, [signer.id, phone.device, signer.point])
    return signer


def _cpu_ms(work: Callable[[], object], count: int) -> float:
    """Return this process's CPU for one call, in milliseconds."""
    work()
    before = time.process_time()
    for _ in range(count):
        work()
    return (time.process_time() - before) * 1000 / count


def _bare(report: Report, count: int) -> float:
    """Measure the bare signature checks of the same library: Ed25519, the promise's yardstick, and P-256, which phones can make."""
    message = bytes(25)
    edwards = Ed25519PrivateKey.generate()
    public, signature = edwards.public_key(), edwards.sign(message)
    curve = ec.generate_private_key(ec.SECP256R1())
    point, der = curve.public_key(), curve.sign(message, ec.ECDSA(hashes.SHA256()))
    ed25519 = _cpu_ms(lambda: public.verify(signature, message), count)
    p256 = _cpu_ms(lambda: point.verify(der, message, ec.ECDSA(hashes.SHA256())), count)
    report.baselines |= {"bare_ed25519_cpu_ms": ed25519, "bare_p256_cpu_ms": p256}
    report.size["checks"] = count
    return ed25519


def _engine(report: Report, signer: Signer, random: Random, count: int) -> None:
    """Measure reading and checking a phone's badge and a printed one, without a page or a database."""
    phone = signer.badge(random)
    server = tokens.server_key("bench")
    printed, public = tokens.printed(uuid7(), date(2030, 1, 1), server), server.public_key()

    def look() -> None:
        said = tokens.read(phone)
        if not isinstance(said, tokens.PhoneToken) or not tokens.is_signed_by_phone(said, signer.point):
            raise RuntimeError("a genuine badge was refused")

    def look_at_paper() -> None:
        said = tokens.read(printed)
        if not isinstance(said, tokens.PrintedToken) or not tokens.is_signed_by_server(said, public):
            raise RuntimeError("a genuine printed badge was refused")

    engine, paper = _cpu_ms(look, count), _cpu_ms(look_at_paper, count)
    report.figures |= {
        "engine_cpu_ms": engine,
        "engine_per_s": 1000 / engine,
        "engine_ratio_to_bare_p256": engine / report.baselines["bare_p256_cpu_ms"],
        "printed_cpu_ms": paper,
        "printed_ratio_to_bare_ed25519": paper / report.baselines["bare_ed25519_cpu_ms"],
    }


def spoilt(token: str, random: Random) -> str:
    """Return a badge spoilt by a bit, a letter, a cut, an addition, a swap, or a signature of noise."""
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    at = random.randrange(len(token))
    match random.randrange(6):
        case 0:
            raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
            return tokens.spell(bytes(raw))
        case 1:
            return token[:at] + random.choice(LETTERS.replace(token[at], "")) + token[at + 1 :]
        case 2:
            return token[:at] or "A"
        case 3:
            return token + random.choice(LETTERS)
        case 4:
            raw[random.randrange(1, 25)] ^= random.randrange(1, 256)
            return tokens.spell(bytes(raw))
        case _:
            return tokens.spell(bytes(raw[:-64]) + random.randbytes(64))


def _forged(report: Report, signer: Signer, random: Random) -> int:
    """Return how many of many corrupted badges, of both kinds, the engine takes; never fewer than ten thousand, however quick the run."""
    server = tokens.server_key("bench")
    accepted = 0
    for number in range(FORGED):
        genuine = signer.badge(random) if number % 2 else tokens.printed(uuid7(), date(2030, 1, 1), server)
        said = tokens.read(spoilt(genuine, random))
        if isinstance(said, tokens.PhoneToken):
            accepted += tokens.is_signed_by_phone(said, signer.point)
        elif said is not None:
            accepted += tokens.is_signed_by_server(said, server.public_key())
    report.size["forged"] = FORGED
    return accepted


def _page(site: BenchSite, report: Report, signers: list[Signer], random: Random, count: int) -> float:
    """Look at genuine badges with four clients at once; return the CPU of web server and database for one, in milliseconds."""
    _look(site, [signer.badge(random) for signer in signers])
    badges = [signers[number % PHONES].badge(random) for number in range(count)]
    before, start = site.cpu_seconds(), time.perf_counter()
    genuine, latencies = _look(site, badges)
    seconds = time.perf_counter() - start
    used = {name: now - before[name] for name, now in site.cpu_seconds().items()}
    cpu_ms = sum(used.values()) / count * 1000
    latencies.sort()
    report.figures |= {
        "cpu_ms": cpu_ms,
        "cpu_ms_web": used["web"] / count * 1000,
        "cpu_ms_postgresql": used["postgresql"] / count * 1000,
        "per_s": count / seconds,
        "p95_ms": latencies[int(count * 0.95)] * 1000,
        "wrongly_refused": count - genuine,
    }
    report.size |= {"looks": count, "clients": CLIENTS, "phones": PHONES}
    return cpu_ms


def _forged_on_page(
    site: BenchSite, report: Report, signers: list[Signer], random: Random, count: int
) -> int:
    """Return how many forgeries the page takes: corrupted, signed with another's key, and a day old."""
    makers: list[Callable[[Signer], str]] = [
        lambda signer: spoilt(signer.badge(random), random),
        lambda signer: Signer().badge(random, key_id=signer.id),
        lambda signer: signer.badge(random, datetime.fromtimestamp(time.time() - 86_400, UTC)),
    ]
    forged = [makers[number % 3](signers[number % PHONES]) for number in range(count)]
    report.size["forged_looks"] = count
    return _look(site, forged)[0]


def _look(site: BenchSite, badges: list[str]) -> tuple[int, list[float]]:
    """Open the pages of these badges; return how many say "genuine", and how long each took. Raises when a page fails."""
    addresses, kept = itertools.count(), threading.local()

    def look(badge: str) -> tuple[bool, float]:
        if not hasattr(kept, "connection"):
            kept.connection = KeptConnection(site.url, timeout=30)
        number = next(addresses)
        caller = {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}
        start = time.perf_counter()
        response, body = kept.connection.ask("GET", f"/b/{badge}", headers=caller)
        took = time.perf_counter() - start
        if response.status != 200:
            raise RuntimeError(f"a badge's page answered {response.status}")
        return b'class="verdict genuine"' in body, took

    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(look, badges))
    return sum(genuine for genuine, _ in answers), [took for _, took in answers]
