"""Made-up support sessions: uneven by place and weekday, in the proportions that the campaign's reports describe."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from aoxanh.desk.bulk import LoadedSession
from aoxanh.desk.sync.records import SessionRecord
from aoxanh.kernel import clock
from aoxanh.simulation.roster import StaffedTeam

# Weights after the campaign's first reports: VNeID and residence first, then civil status and certification.
PROCEDURES = {
    "1.004222": 10,
    "1.004194": 8,
    "1.010041": 6,
    "1.001193": 8,
    "3.000722": 6,
    "1.000656": 3,
    "1.000894": 4,
    "1.004873": 6,
    "2.000635": 7,
    "2.000815": 12,
    "2.000884": 4,
    "1.116410": 6,
    "3.000228": 14,
    "1.014027": 5,
    "1.001776": 4,
    "1.001699": 2,
    "1.011607": 2,
    "1.001939": 6,
    "1.002759": 3,
    "1.001612": 3,
    "1.013978": 3,
    "3.000182": 1,
}
ACTIVITIES = {"procedure": 62, "vneid": 24, "digitise": 5, "id_sync": 3, "outreach": 4, "class": 2}
OUTCOMES = {"finished": 58, "guided": 20, "handed_over": 9, "come_back": 10, "stopped": 3}
OBSTACLES = {
    "none": 62,
    "papers": 10,
    "no_phone": 5,
    "no_signal": 4,
    "account": 6,
    "otp": 4,
    "data": 4,
    "language": 2,
    "portal": 3,
}
AGES = {"unknown": 10, "young": 20, "middle": 42, "old": 28}
REASONS = {"decision": 4, "police": 3, "identity": 3, "unusual": 1}
MODES_TOWN = {"desk": 78, "home": 8, "mobile": 8, "remote": 6}
MODES_UPLAND = {"desk": 55, "home": 18, "mobile": 24, "remote": 3}
WEEKDAYS = (1.15, 1.1, 1.0, 1.0, 1.1, 0.55, 0.05)
RETURN_CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
NOTES = (
    "Bà con quên mật khẩu, tự đặt lại được trên máy của mình",
    "Thiếu giấy chứng sinh, hẹn mang đến buổi sau",
    "Cần đọc chữ to, đã bật phóng to màn hình",
    "Máy đầy bộ nhớ, đã xoá bớt ảnh trùng rồi cài lại",
    "Sóng yếu, phải ra nhà văn hoá mới gửi được",
    "Giải thích bằng tiếng Mông, người nhà ngồi cùng",
    "Cổng báo lỗi hai lần, lần sau thì vào được",
    "Đã chỉ cách tra cứu hồ sơ đã nộp",
)
SILENT = 0.06  # share of teams that have recorded nothing yet
QUANTITIES = {"digitise": (20, 180), "id_sync": (3, 25), "outreach": (10, 90), "class": (6, 30)}


def sessions_of(
    random: Random, team: StaffedTeam, days: list[date], *, upland: bool, pace: float
) -> Iterator[LoadedSession]:
    """Yield a team's sessions over the days; `pace` is the mean number on an ordinary weekday."""
    seqs: dict[UUID, int] = {}
    now = clock.milliseconds(clock.now())
    liveliness = random.lognormvariate(0, 0.7) if random.random() > SILENT else 0.0
    for day in days:
        busy_end = 1.2 if day.day >= 25 else 1.0
        for _ in range(_poisson(random, pace * liveliness * WEEKDAYS[day.weekday()] * busy_end)):
            volunteer = random.choice(team.volunteers)
            session = _session(random, team, volunteer, day, seqs.get(volunteer, 0) + 1, upland=upland)
            if session.record.captured_at <= now:
                seqs[volunteer] = session.record.seq
                yield session


def recent_days(today: date, count: int) -> list[date]:
    """Return the last `count` days, today last."""
    return [today - timedelta(days=back) for back in range(count - 1, -1, -1)]


def _session(
    random: Random, team: StaffedTeam, volunteer: UUID, day: date, seq: int, *, upland: bool
) -> LoadedSession:
    record = _record(random, team, day, seq, upland=upland)
    captured = clock.from_milliseconds(record.captured_at)
    late = (
        timedelta(hours=random.choice((0, 0, 0, 5, 26)))
        if upland
        else timedelta(seconds=random.randint(2, 90))
    )
    device = UUID(int=volunteer.int ^ (1 << 40))
    return LoadedSession(record, volunteer, device, min(captured + late, max(captured, clock.now())))


def _record(random: Random, team: StaffedTeam, day: date, seq: int, *, upland: bool) -> SessionRecord:
    id_ = _uuid_on(random, day)
    activity = _pick(random, ACTIVITIES)
    helped = activity in ("procedure", "vneid")
    outcome = _pick(random, OUTCOMES) if helped else "finished"
    return SessionRecord(
        id=id_,
        seq=seq,
        schema=1,
        root=id_,
        commune=team.commune,
        day=day,
        captured_at=_moment(random, day),
        team=team.id,
        activity=activity,  # type: ignore[arg-type]
        procedure=_pick(random, PROCEDURES) if activity == "procedure" else None,
        procedure_version=1 if activity == "procedure" else None,
        mode=_pick(random, MODES_UPLAND if upland else MODES_TOWN),  # type: ignore[arg-type]
        outcome=outcome,  # type: ignore[arg-type]
        obstacle=(_pick(random, OBSTACLES) if helped else "none"),  # type: ignore[arg-type]
        minutes=max(3, min(240, round(random.lognormvariate(2.9, 0.5))))
        if helped
        else random.randint(30, 180),
        quantity=1 if helped else random.randint(*QUANTITIES[activity]),
        language=random.choices(("vie", "hmn", "tyz"), (60, 28, 12))[0] if upland else "vie",
        age_band=_pick(random, AGES),  # type: ignore[arg-type]
        typed_by="citizen" if helped else "nobody",
        refused=("otp",) if helped and random.random() < 0.01 else (),
        return_code="".join(random.choices(RETURN_CODE, k=6)) if helped and random.random() < 0.4 else "",
        note=random.choice(NOTES) if helped and random.random() < 0.15 else "",
        handover_reason=(_pick(random, REASONS) if outcome == "handed_over" else ""),  # type: ignore[arg-type]
    )


def _pick(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _poisson(random: Random, mean: float) -> int:
    """Return a Poisson count, by the waiting times between events."""
    count, waited = 0, random.expovariate(1)
    while waited < mean:
        count, waited = count + 1, waited + random.expovariate(1)
    return count


def _moment(random: Random, day: date) -> int:
    minute = random.choice((random.randint(450, 690), random.randint(810, 1020)))
    at = datetime.combine(day, time(minute // 60, minute % 60, random.randint(0, 59)), clock.VIETNAM)
    return clock.milliseconds(at)


def _uuid_on(random: Random, day: date) -> UUID:
    """Return a UUIDv7 made on that day, decided by the seed."""
    stamp = clock.milliseconds(datetime.combine(day, time(12), clock.VIETNAM))
    return UUID(int=(stamp << 80 | random.getrandbits(80)) & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62)
