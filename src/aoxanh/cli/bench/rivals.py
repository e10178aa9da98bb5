"""Other search engines over the same texts, for the bench to stand beside: bm25s, Tantivy and PostgreSQL's full text."""

import importlib.util
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from aoxanh.assistant.retrieval import Entry
from aoxanh.assistant.retrieval.words import pairs, words
from aoxanh.kernel.cluster import Cluster

Rank = Callable[[str], Sequence[str]]
TOP = 3


def terms(*texts: str) -> list[str]:
    """Return folded syllables and pairs, as ours has them: what the others get as words."""
    found = []
    for text in texts:
        of_text = words(text)
        found += [*of_text, *(pair.replace(" ", "_") for pair in pairs(of_text))]
    return found


def _texts(entry: Entry) -> tuple[str, ...]:
    return (*entry.titles, *entry.aliases, *entry.result, *entry.body)


def installed() -> list[str]:
    """Return which of the libraries are here; the product needs none of them."""
    return [name for name in ("bm25s", "tantivy") if importlib.util.find_spec(name) is not None]


def bm25s_rank(entries: Sequence[Entry]) -> Rank:
    """Return bm25s over the entries."""
    import bm25s

    engine = bm25s.BM25()
    engine.index([terms(*_texts(entry)) for entry in entries], show_progress=False)

    def rank(text: str) -> list[str]:
        numbers, scores = engine.retrieve([terms(text)], k=min(TOP, len(entries)), show_progress=False)
        return [
            entries[int(number)].code
            for number, score in zip(numbers[0], scores[0], strict=True)
            if score > 0
        ]

    return rank


def tantivy_rank(entries: Sequence[Entry]) -> Rank:
    """Return Tantivy over the entries, in memory."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("code", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="whitespace")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for entry in entries:
        writer.add_document(tantivy.Document(code=entry.code, text=" ".join(terms(*_texts(entry)))))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(text: str) -> list[str]:
        parts = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term))
            for term in dict.fromkeys(terms(text))
        ]
        if not parts:
            return []
        hits = searcher.search(tantivy.Query.boolean_query(parts), TOP).hits
        return [str(searcher.doc(address)["code"][0]) for _, address in hits]

    return rank


@contextmanager
def postgresql_rank(entries: Sequence[Entry]) -> Iterator[tuple[Rank, str]]:
    """Give PostgreSQL's full text over the entries, in a cluster of its own, and its version."""
    folder = Path(tempfile.mkdtemp(prefix="aoxanh-bench-"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "pg")
    try:
        version = cluster.start(attached=True).version
        with psycopg.connect(cluster.url("owner"), autocommit=True) as connection:
            connection.execute("CREATE TEMP TABLE entries (code text, found tsvector)")
            connection.cursor().executemany(
                "INSERT INTO entries VALUES (%s, array_to_tsvector(%s))",
                [(entry.code, sorted(set(terms(*_texts(entry))))) for entry in entries],
            )

            def rank(text: str) -> list[str]:
                asked = " | ".join(f"'{term}'" for term in dict.fromkeys(terms(text)))
                if not asked:
                    return []
                rows = connection.execute(
                    "SELECT code FROM entries, to_tsquery('simple', %s) AS asked WHERE found @@ asked"
                    " ORDER BY ts_rank(found, asked, 1) DESC, code LIMIT %s",
                    (asked, TOP),
                ).fetchall()
                return [str(code) for (code,) in rows]

            yield rank, version
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
