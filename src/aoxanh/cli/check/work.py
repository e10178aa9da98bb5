"""Background work: a worker is alive, boards keep up with what arrives, months go when their time is over, and no job was given up."""

from aoxanh.cli.check.database import ask
from aoxanh.cli.check.finding import Finding, fine, warn, wrong

LATE_SECONDS = 10
SILENT_SECONDS = 60
LATE_DAYS = 3
START = "Start `aoxanh worker` and keep it running; its log says why it stopped."


def look() -> list[Finding]:
    """Look at the worker, what it is behind with, and its jobs."""
    if not ask("SELECT to_regclass('procrastinate_workers'), to_regclass('desk_dirtyday')")[0][0]:
        return [wrong("worker", "The tables of the queue are missing.", "Run `aoxanh migrate`.")]
    return [worker(), rollup(), retention(), jobs()]


def worker() -> Finding:
    """Look for a worker that was heard of within the last minute."""
    ((alive, seconds),) = ask(
        "SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => %s)), extract(epoch FROM now() - max(last_heartbeat))"
        " FROM procrastinate_workers",
        SILENT_SECONDS,
    )
    if not alive:
        ago = f"for {seconds:.0f} s" if seconds is not None else "yet"
        return warn("worker", f"No worker was heard of {ago}.", START)
    return fine("worker", f"{alive} alive")


def rollup() -> Finding:
    """Look whether boards are behind what phones handed in."""
    ((days, seconds),) = ask(
        "SELECT count(*), coalesce(extract(epoch FROM now() - min(marked_at)), 0) FROM desk_dirtyday"
    )
    if seconds > LATE_SECONDS:
        return wrong(
            "rollup", f"The boards are {seconds:.0f} s behind ({days} days of communes to count).", START
        )
    return fine("rollup", "boards are up to date" if not days else f"{days} days of communes being counted")


def retention() -> Finding:
    """Look for months of raw sessions that are kept although their time is over, and for what an interrupted run left detached."""
    from aoxanh.desk.models import SupportSession
    from aoxanh.privacy.queries import months_kept

    rows = ask(
        "SELECT right(relname, 2) || '/' || left(right(relname, 6), 4) FROM pg_class LEFT JOIN pg_inherits ON inhrelid = pg_class.oid"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND (starts_with(relname, 'desk_detached_')"
        " OR inhparent = to_regclass('desk_supportsession') AND right(relname, 6) < to_char("
        "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh') - make_interval(days => %s) - make_interval(months => %s), 'YYYYMM')) ORDER BY relname",
        LATE_DAYS,
        months_kept(SupportSession.privacy),
    )
    if rows:
        months = ", ".join(month for (month,) in rows)
        return warn(
            "retention",
            f"Raw sessions are kept for too long: {months}.",
            "Run `aoxanh privacy retain` and look at what it says; the worker should do it each night.",
        )
    return fine("retention", "no raw sessions are kept for too long")


def jobs() -> Finding:
    """Look for jobs that were given up."""
    rows = ask(
        "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1 ORDER BY 1"
    )
    if rows:
        told = ", ".join(f"{name} ({times})" for name, times in rows)
        return warn(
            "jobs", f"Given up: {told}.", "The worker's log says why; they run again at their next time."
        )
    return fine("jobs", "none given up")
