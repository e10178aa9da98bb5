"""A worker that dies leaves its jobs to the next one."""

from typing import Any

from django.db import connection

from aoxanh.kernel import jobs


def sql(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def worker(seconds: int) -> int:
    return sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
        seconds,
    )[0][0]


def job(status: str, of: int | None = None, lock: str | None = None) -> int:
    return sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, queueing_lock)"
        " VALUES ('default', 'x', %s, %s, %s) RETURNING id",
        status, of, lock,
    )[0][0]  # fmt: skip


def states() -> dict[int, str]:
    return dict(sql("SELECT id, status::text FROM procrastinate_jobs"))


def test_jobs_of_a_silent_or_vanished_worker_are_given_back(db: None) -> None:
    silent, vanished, lively = job("doing", worker(120)), job("doing"), job("doing", worker(1))
    assert jobs.give_back_stalled() == 2
    assert states() == {silent: "todo", vanished: "todo", lively: "doing"}


def test_a_stalled_job_whose_successor_waits_is_let_go(db: None) -> None:
    job("doing", lock="nightly")
    waiting = job("todo", lock="nightly")
    assert jobs.give_back_stalled() == 1
    assert states() == {waiting: "todo"}


def test_of_two_stalled_jobs_with_one_lock_the_later_is_done(db: None) -> None:
    job("doing", lock="nightly")
    later = job("doing", lock="nightly")
    assert jobs.give_back_stalled() == 2
    assert states() == {later: "todo"}


def test_the_queue_tells_its_jobs_and_whether_a_worker_is_alive(db: None) -> None:
    assert not jobs.queue().has_worker
    worker(120)
    assert not jobs.queue().has_worker
    worker(1)
    job("failed")
    assert jobs.queue().has_worker
    assert jobs.queue().jobs == {"waiting": 0, "doing": 0, "failed": 1}


def test_the_worker_gives_back_by_itself() -> None:
    from procrastinate.contrib.django import app

    periodic = {task.name: schedule.cron for (task, schedule) in _periodic(app)}
    assert periodic["aoxanh.kernel.tasks.give_back_stalled"] == "* * * * *"
    assert "aoxanh.audit.tasks.check_all" in periodic


def _periodic(app: Any) -> list[tuple[Any, Any]]:
    return [(item.task, item) for item in app.periodic_registry.periodic_tasks.values()]
