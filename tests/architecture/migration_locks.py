"""What in a migration's SQL would hold up phones that write to the same table, or scan a table while it is locked."""

import re
from collections.abc import Collection, Iterator

# Each pattern takes the table's name in `table`; what it finds is dangerous on a table with rows in it.
DANGERS = {
    "an index made without CONCURRENTLY keeps all writers out": r"CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY)[^;]*? ON (?:ONLY )?{table}\b",
    "a NOT NULL column without a default fails, or rewrites the table": r"ALTER TABLE {table} [^;]*?ADD COLUMN (?![^;]*DEFAULT)[^;]*NOT NULL",
    "the old server's inserts fail without the default": r"ALTER TABLE {table} [^;]*?ALTER COLUMN [^;]*DROP DEFAULT",
    "another type rewrites the table": r"ALTER TABLE {table} [^;]*?ALTER COLUMN [^;]*?\bTYPE\b",
    "SET NOT NULL scans the table under its strongest lock": r"ALTER TABLE {table} [^;]*?SET NOT NULL",
    "a constraint must come NOT VALID and be validated later": r"ALTER TABLE {table} [^;]*?ADD CONSTRAINT (?![^;]*NOT VALID)[^;]*(?:CHECK|FOREIGN KEY)",
    "a key or exclusion builds its index under the lock": r"ALTER TABLE {table} [^;]*?ADD (?:CONSTRAINT \S+ )?(?:PRIMARY KEY|UNIQUE|EXCLUDE)",
    "the old server still reads and writes the column": r"ALTER TABLE {table} [^;]*?(?:DROP COLUMN|RENAME)",
    "the table is rewritten under its strongest lock": r"(?:CLUSTER|VACUUM FULL) {table}\b",
}
MADE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?(\w+)")


def dangers(sql: str, tables: Collection[str]) -> Iterator[str]:
    """Yield what is dangerous for these tables; a table that the same SQL creates is empty, so nothing is."""
    plain = re.sub(r"\s+", " ", sql.replace('"', ""))
    for table in sorted(set(tables) - set(MADE.findall(plain))):
        for why, pattern in DANGERS.items():
            if re.search(pattern.format(table=table), plain, re.IGNORECASE):
                yield f"{table}: {why}"
