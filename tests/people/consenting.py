"""Guardians who agree, for tests in which a minor serves."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from aoxanh.kernel import clock
from aoxanh.people.models import GuardianConsent, Volunteer


def make_minors(
    volunteer_ids: Iterable[UUID], *, days: int = 200, consent: bool = True, given_on: date | None = None
) -> None:
    """Make people turn 18 in some days, with a consent of a week ago unless it is not wanted."""
    today = clock.today()
    for id_ in volunteer_ids:
        Volunteer.objects.filter(id=id_).update(adult_on=today + timedelta(days=days))
        if consent:
            GuardianConsent.objects.create(
                volunteer_id=id_,
                given_on=given_on or today - timedelta(days=7),
                paper="Đơn đồng ý",
                kept_at="Tủ hồ sơ",
                needed_until=today + timedelta(days=days),
            )
