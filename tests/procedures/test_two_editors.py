"""Several editors publish on the same base at the same moment, each on a connection of their own."""

import json
import os
import secrets
import subprocess
import sys
import textwrap

from tests.database import clone

EDITORS = 6
SCRIPT = """
    import json, threading
    import django
    django.setup()
    from django.db import connection
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.people.actors import system
    from aoxanh.procedures.actions import publish_version
    from aoxanh.procedures.errors import EditConflict
    from tests.procedures.card_examples import a_card

    start, ends = threading.Barrier({editors}), []

    def edit(base):
        try:
            start.wait()
            with whole_nation():
                ends.append(publish_version(card=a_card(), province=None, base=base, by=system("test")).number)
        except EditConflict:
            ends.append("conflict")
        finally:
            connection.close()

    for base in (0, 1):
        threads = [threading.Thread(target=edit, args=(base,)) for _ in range({editors})]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    print(json.dumps(ends))
"""


def test_of_several_editors_on_one_base_exactly_one_publishes():
    database = clone(f"aoxanh_editors_{secrets.token_hex(4)}")
    environment = {
        **os.environ,
        "DATABASE_URL": database.url("app"),
        "AOXANH_DATA_DIR": str(database.data_dir),
        "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
    }
    script = textwrap.dedent(SCRIPT.format(editors=EDITORS))
    try:
        told = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    finally:
        database.drop()
    ends = json.loads(told.stdout)
    assert sorted(ends[:EDITORS], key=str) == [1] + ["conflict"] * (EDITORS - 1)
    assert sorted(ends[EDITORS:], key=str) == [2] + ["conflict"] * (EDITORS - 1)
