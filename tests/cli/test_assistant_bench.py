"""The assistant's bench measures what it says: other fingers, a larger catalogue, other engines, and replies."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random

import pytest

from aoxanh.assistant.questions import Question
from aoxanh.assistant.replies import Kind, Named, Part, Pinned, Reply, Sentence, Slot, Source
from aoxanh.assistant.retrieval import Entry
from aoxanh.assistant.retrieval.spelling import read_keys
from aoxanh.cli.bench import Report, rivals
from aoxanh.cli.bench import assistant as bench
from aoxanh.cli.bench.invented import procedures
from aoxanh.cli.bench.mistyped import WAYS
from aoxanh.kernel.text import fold

TEXT = "Đăng ký kết hôn cho người ở trọ, được chứ?"
ENTRIES = [
    Entry("a", ("Đăng ký kết hôn",)),
    Entry("b", ("Đăng ký khai sinh",)),
    Entry("c", ("Cấp thẻ căn cước",)),
]


def test_raw_telex_is_what_the_keys_would_be_and_reads_back():
    assert WAYS["telex"](TEXT, Random(1)) == "ddawng kys keets hoon cho nguwowif owr troj, dduwowcj chuws?"
    assert read_keys("dduwowcj") == "duoc"


def test_half_keeps_some_diacritics_and_slips_change_about_one_word_in_five():
    half = WAYS["half"](TEXT * 5, Random(1))
    assert fold(half) == fold(TEXT * 5)
    assert fold(half) != half != TEXT * 5
    words = (TEXT + " ") * 40
    changed = sum(
        one != other
        for one, other in zip(words.split(), WAYS["slips"](words, Random(1)).split(), strict=True)
    )
    assert 0.08 <= changed / len(words.split()) <= 0.22


@pytest.mark.parametrize("way", sorted(WAYS))
def test_the_same_seed_types_the_same(way):
    assert WAYS[way](TEXT, Random(3)) == WAYS[way](TEXT, Random(3))
    assert WAYS[way]("", Random(3)) == ""


def test_made_up_procedures_have_names_and_codes_of_their_own():
    made = procedures(2000, 1)
    assert made == procedures(2000, 1) != procedures(2000, 2)
    assert len({entry.code for entry in made}) == len({entry.titles for entry in made}) == 2000
    assert all(entry.code.startswith("9.") for entry in made)


@pytest.mark.parametrize("name", sorted({"bm25s": rivals.bm25s_rank, "tantivy": rivals.tantivy_rank}))
def test_another_engine_finds_what_is_plain_to_see(name):
    assert name in rivals.installed()
    rank = {"bm25s": rivals.bm25s_rank, "tantivy": rivals.tantivy_rank}[name](ENTRIES)
    assert rank("lam the can cuoc")[0] == "c"
    assert rank("kết hôn")[0] == "a"
    assert rank("?") == []


def test_postgresql_finds_what_is_plain_to_see_and_leaves_nothing(monkeypatch):
    # A socket's path must be short, which the folders of the suite are not.
    short_folder = Path(tempfile.mkdtemp(prefix="ab-"))
    short_folder.chmod(0o755)
    monkeypatch.setattr("tempfile.tempdir", str(short_folder))
    with rivals.postgresql_rank(ENTRIES) as (rank, version):
        assert rank("lam the can cuoc '; &|!()")[0] == "c"
        assert rank("?") == []
        assert version
    assert list(short_folder.iterdir()) == []
    short_folder.rmdir()


def test_replies_that_are_passed_in_are_marked_and_held_to_their_goals():
    source = Source("1.001193", "Đăng ký khai sinh", "fee", date(2026, 7, 1), "high", "")
    sentence = Sentence("Lệ phí là 123.456 đồng.", source)
    part = Part(Kind.ANSWER, "", Slot.FEE, (sentence,), (Named("1.001193", "Đăng ký khai sinh"),))
    report = Report()
    question = Question(id="a", text="Hỏi?", kind="answer", codes=("1.001193",), slot=Slot.FEE)
    bench.measure_replies(report, [question], lambda _: Reply((part,), Pinned()))
    assert report.figures["slot_exact"] == 1
    assert report.figures["uncited"] == 1
    assert not report.holds


def test_a_small_bench_measures_every_figure_that_has_a_goal():
    # In a thread of its own, for the browser of other tests holds the loop of this one.
    with ThreadPoolExecutor(1) as apart:
        report = apart.submit(bench.measure, seed=1, size=0.02).result()
    assert set(report.goals) <= set(report.figures)
    assert report.figures["top1"] > report.baselines["postgresql_top1"]
    assert report.size["invented"] == 40
    assert report.as_dict("assistant", 1)["versions"]["postgresql"]
