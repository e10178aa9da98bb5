"""The database as this version leaves it, small enough to keep: `python tools/upgrade_snapshot.py` writes tests/upgrade/<version>.sql.

Every release makes its own just before the version number is raised, and every later version must still be able to take it over
(tests/cli/test_upgrade.py). It holds the suite's cast, a phone, a few sessions with their figures and the audit of it all.
Reference data that `aoxanh migrate` loads anyway is left out but for the rows that others point at.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from aoxanh import __version__  # noqa: E402 - found through the line above
from aoxanh.kernel.cluster import Cluster  # noqa: E402
from aoxanh.kernel.cluster.account import environment as bare  # noqa: E402

FOLDER = ROOT / "tests" / "upgrade"
MOST_BYTES = 300_000

FILL = "import django; django.setup(); from tests.upgrade import campaign; campaign.write()"
PRUNE = """
DELETE FROM places_legacyward; DELETE FROM places_trait; DELETE FROM places_placeversion; DELETE FROM procedures_procedureversion;
DELETE FROM procedures_guide; UPDATE procedures_procedure SET superseded_by_id = NULL;
DELETE FROM procedures_procedure WHERE code NOT IN (SELECT procedure_id FROM desk_supportsession WHERE procedure_id IS NOT NULL);
DELETE FROM places_language WHERE code NOT IN (SELECT language_id FROM people_languageskill);
CREATE TEMPORARY TABLE kept AS SELECT place_id AS code FROM people_roleassignment UNION SELECT home_id FROM people_volunteer
    UNION SELECT commune_id FROM people_team;
INSERT INTO kept SELECT parent_id FROM places_place JOIN kept USING (code) WHERE parent_id IS NOT NULL;
INSERT INTO kept SELECT parent_id FROM places_place JOIN kept USING (code) WHERE parent_id IS NOT NULL;
DELETE FROM places_place WHERE code NOT IN (SELECT code FROM kept);
"""
# What only psql understands, and settings that older servers do not know.
NOT_SQL = re.compile(r"^(\\.*|SET transaction_timeout.*|--.*|)\n", re.MULTILINE)


def main() -> None:
    """Write the snapshot of this version."""
    folder = Path(tempfile.mkdtemp(prefix="aoxanh-snapshot-"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "pg")
    try:
        text = snapshot(cluster, folder)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    path = FOLDER / f"{__version__}.sql"
    if len(text.encode()) > MOST_BYTES:
        sys.exit(f"{len(text.encode())} bytes are more than the {MOST_BYTES} that {path.name} may have.")
    path.write_text(text, encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(text.encode())} bytes")


def snapshot(cluster: Cluster, folder: Path) -> str:
    """Return the database as SQL that any later PostgreSQL can run."""
    started = cluster.start(attached=True)
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "AOXANH_DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
    }
    subprocess.run([sys.executable, "-m", "aoxanh", "migrate", "--quiet"], env=environment, check=True)
    subprocess.run([sys.executable, "-c", FILL], env=environment | {"AOXANH_AS_OWNER": "true"}, check=True)  # noqa: S603
    with psycopg.connect(cluster.url("owner")) as connection:
        connection.execute(PRUNE)
    wanted = ("--no-owner", "--no-privileges", "--rows-per-insert=100", "--no-comments", cluster.url("owner"))
    dumped = subprocess.run(  # noqa: S603 - our own cluster, thrown away in a moment: its password may stand on the command line
        [started.bindir / "pg_dump", *wanted], env=bare(), capture_output=True, text=True, check=True
    ).stdout
    return NOT_SQL.sub("", dumped)


if __name__ == "__main__":
    main()
