"""The morning's mail on a running site: made by the worker, handed to a mail server, and telling a number and nothing else."""

import subprocess
import sys
from datetime import timedelta

from tests.cast import LUNG_CU, TUYEN_QUANG, account_id
from tests.mail_server import MailServer
from tests.site import LiveSite

from aoxanh.kernel import clock
from aoxanh.kernel.ids import uuid7

ADDRESSES = {"duc": "duc@example.vn", "an": "an@example.vn", "son": "son@example.vn", "lan": "lan@example.vn"}
TEXT = "Ba bản xa không có sóng."
MORNING = "import django; django.setup(); from aoxanh.oversight.tasks import open_and_close_tasks; open_and_close_tasks(timestamp=0)"


def test_who_is_asked_gets_one_message_that_says_how_many_tasks_wait() -> None:
    with (
        MailServer.open() as mail,
        LiveSite.open(AOXANH_MAIL_URL=mail.url, AOXANH_MAIL_FROM="giao-ban@example.vn") as site,
    ):
        for name, address in ADDRESSES.items():
            site.sql("UPDATE people_account SET email = %s WHERE id = %s", address, account_id(name))
        due = clock.today() + timedelta(days=5)
        for owner, day in ((TUYEN_QUANG, due), (TUYEN_QUANG, due + timedelta(days=1)), ("VN", due)):
            site.sql(
                "INSERT INTO oversight_difficulty (id, place_id, kind, text, owner_id, due, made_on, made_at, answer)"
                " VALUES (%s, %s, 'difficulty', %s, %s, %s, %s, now(), '')",
                uuid7(), LUNG_CU, TEXT, owner, day, clock.today(),
            )  # fmt: skip
        subprocess.run([sys.executable, "-c", MORNING], env=site.environment, check=True)
        while len(mail.taken) < 2:
            assert mail.came.wait(60), site.worker_log()
            mail.came.clear()
        taken = {message["To"]: (receivers, message) for receivers, message in mail.taken}
        assert set(taken) == {ADDRESSES["duc"], ADDRESSES["an"]}
        for address, count in ((ADDRESSES["duc"], 2), (ADDRESSES["an"], 1)):
            receivers, message = taken[address]
            assert receivers == [address]
            assert message["From"] == "giao-ban@example.vn"
            assert message["Subject"] == f"{count} việc đang chờ bạn"
            body = message.get_content()
            assert "Việc cần làm" in body
            assert "sóng" not in body
            assert "Lũng Cú" not in body
