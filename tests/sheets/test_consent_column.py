"""What a list tells that is not read from it again: whether a guardian's consent holds."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope
from aoxanh.people.models import GuardianConsent, Volunteer
from aoxanh.places.queries import place_by_code
from aoxanh.sheets.export import export_xlsx
from tests.cast import TUYEN_QUANG, volunteer_id
from tests.conftest import Cast
from tests.sheets.test_import import Send, counts, send  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


def test_the_list_of_volunteers_tells_of_minors_alone_whether_consent_holds_and_reads_nothing_from_it(
    send: Send,  # noqa: F811 - the fixture
    cast: Cast,
    tmp_path: Path,
) -> None:
    duc, soon = cast.actor("duc"), clock.today() + timedelta(days=100)
    lan, minh = volunteer_id("lan"), volunteer_id("minh")
    Volunteer.objects.filter(id__in=[lan, minh]).update(adult_on=soon)
    GuardianConsent.objects.create(volunteer_id=minh, given_on=clock.today(), needed_until=soon)
    path = tmp_path / "list.xlsx"

    def told_of() -> dict[str, Any]:
        with scope(duc.scope):
            export_xlsx(kind="volunteers", place=place_by_code(TUYEN_QUANG), path=path, by=duc)
        rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
        column = rows[0].index("Gia đình đồng ý")
        return {row[0]: row[column] for row in rows[1:]}

    assert (told_of()[str(lan)], told_of()[str(minh)]) == ("Không", "Có")
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=2):
        row[-1].value = "Có"
    book.save(path)
    assert counts(send(path, kind="volunteers", name="duc"))[:2] == (0, 0)
    GuardianConsent.objects.update(withdrawn_on=clock.today())
    assert told_of()[str(minh)] == "Không"
    Volunteer.objects.filter(id=lan).update(adult_on=clock.today())
    assert told_of()[str(lan)] is None
