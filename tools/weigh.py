"""Weigh by marked examples: `python tools/weigh.py [--check|--try]` makes src/aoxanh/assistant/data/learned.json.

Examples are the questions and requests of the assistant's own sets, the halves that may be read, and of tests/assistant/marked/. Four things
are decided by them: whether a text is refused, which procedure it means or none, which field it asks for, and whether to ask back.
`--try` weighs each file's questions by all others and prints what is reached.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from aoxanh.assistant import weighing
from aoxanh.assistant.dialogue import Assistant, features, read_phrases
from aoxanh.assistant.dialogue.choosing import Chooser
from aoxanh.assistant.dialogue.hearing import Hearing
from aoxanh.assistant.entries import PROCEDURES, index_of
from aoxanh.assistant.marking import mark_ranking, mark_replies
from aoxanh.assistant.policy import leaning, read_policy
from aoxanh.assistant.questions import Question, read_questions
from aoxanh.assistant.replies import Slot
from aoxanh.assistant.retrieval.index import ELSEWHERE
from aoxanh.assistant.weighing import Features, Weights
from aoxanh.cli.ask_eval import source_texts
from aoxanh.procedures import seed

ROOT = Path(__file__).resolve().parent.parent
EVALUATION = ROOT / "src" / "aoxanh" / "assistant" / "evaluation"
TESTS = ROOT / "tests" / "assistant"
DEVELOPED = (
    EVALUATION / "tuning.yaml",
    *(TESTS / f"{name}.yaml" for name in ("fresh", "second_fresh", "more_fresh")),
)
"""Sets that phrases and names were written to: what phrases say of them proves nothing, so it is not counted."""
LIMITS = (TESTS / "limits.yaml", TESTS / "more_limits.yaml")
HOSTILE = EVALUATION / "hostile.yaml"
MARKED = tuple(sorted((TESTS / "marked").glob("*.yaml")))


@dataclass(frozen=True)
class Ways:
    """How one decision is weighed.

    How strongly weights are held near nought, and with which power of how often a feature is seen more strongly; in how many steps;
    fainter points are left out, so that a phone has less to fetch.
    """

    tight: float
    faint: int
    often: float = 0.0
    steps: int = 150


WAYS = {
    PROCEDURES: Ways(tight=0.12, faint=5),
    features.SLOTS: Ways(tight=0.1, faint=5),
    features.ASKING_BACK: Ways(tight=0.1, faint=3),
    leaning.REQUESTS: Ways(tight=0.04, faint=2, often=1.0, steps=120),
}
"""Tried by files that were left out. Requests tell themselves by rare words, of which each is seen a few times."""

BIAS_TIGHT = 0.01
NAME, PLAIN_NAME, LEFT_OPEN = 0.3, 0.1, 0.3
"""What a name of a card counts as an example of that procedure, and as one where nothing is to be asked back; and what a question that
leaves open which of several is meant counts as an example of each."""

SCALE = 10
"""Points are whole numbers, ten to a natural logarithm of odds."""

ENDS = (
    "",
    " cần giấy gì",
    " ở đâu",
    " mất bao lâu",
    " hết bao nhiêu tiền",
    " làm thế nào",
    " nộp qua mạng được không",
)
"""Names are asked for in these ways."""

SEEN = 3
FOLDS, TRIED, PROCESSES = 3, 5, 2
"""Into so many parts files are put for asking back, and for `--try`.

A feature counts that was seen so often."""
BY_WORDS = 20.0
"""What a score of the search by words is divided by before it is weighed beside the examples."""


@dataclass(frozen=True)
class Example:
    """A marked text; of one that is `developed`, phrases are not counted."""

    text: str
    kind: str
    codes: tuple[str, ...] = ()
    slot: str = ""
    is_double: bool = False
    is_developed: bool = False
    file: str = ""

    @property
    def is_name(self) -> bool:
        """Whether it is a name of a card."""
        return self.kind == "name"


def examples() -> list[Example]:
    """Return all examples."""
    found = [_example(one, path) for path in (*DEVELOPED, *MARKED) for one in read_questions(path)]
    for pair in (pair for path in LIMITS for pair in _read(path)):
        found += [
            Example(pair["refuse"], "refuse", is_developed=True),
            Example(pair["answer"], "fine", is_developed=True),
        ]
    hostile = _read(HOSTILE)
    found += [
        Example(text, "refuse", is_developed=True)
        for family in hostile["hostile"]
        for text in family["texts"]
    ]
    found += [Example(text, "fine", is_developed=True) for text in (*hostile["good"], *hostile["police"])]
    return found


def digest() -> str:
    """Return a mark of everything the weights are made from."""
    held = [[one.text, one.kind, one.codes, one.slot] for one in examples()]
    return blake2b(json.dumps(held, ensure_ascii=False).encode(), digest_size=8).hexdigest()


class Trainer:
    """Makes weights from examples, each by what the product itself sees in a text."""

    def __init__(self) -> None:
        self.cards = seed.read_cards()
        self.index = index_of(self.cards, weights=Weights((), (), {}))
        self.hearing = Hearing(self.index, read_phrases())
        self.policy = read_policy()
        self._searched: dict[str, Any] = {}
        names = (
            (card.code, name) for card in self.cards for name in (card.name.vi, card.name.en, *card.aliases)
        )
        self.names = [Example(name, "name", (code,)) for code, name in names]
        self.plain = [
            Example(f"{one.text}{ENDS[at % len(ENDS)]}", "name", one.codes)
            for at, one in enumerate(self.names)
        ]

    def all(self, held: Sequence[Example]) -> dict[str, Weights]:
        """Return the weights of every decision."""
        procedures = self.procedures(held)
        return {
            PROCEDURES: procedures,
            features.SLOTS: self.slots(held),
            leaning.REQUESTS: self.requests(held),
            features.ASKING_BACK: self.asking_back(held),
        }

    def requests(self, held: Sequence[Example]) -> Weights:
        """Weigh what is refused, outside, or answered, by words and by the phrase that was met."""
        classes = (leaning.ANSWERED, leaning.REFUSED, leaning.OUTSIDE)
        wanted = [one.kind if one.kind in classes else leaning.ANSWERED for one in held]
        seen = [
            leaning.features(
                leaning.spoken(self.policy.tokens(one.text)),
                "" if one.is_developed else self.policy.met(one.text),
            )
            for one in held
        ]
        return weigh(leaning.REQUESTS, seen, classes, [(one,) for one in wanted])

    def procedures(self, held: Sequence[Example]) -> Weights:
        """Weigh which procedure a question means, or none, beside what the search by words makes of it."""
        asked = [one for one in (*held, *self.names) if one.codes or one.kind == "outside"]
        classes = (*(card.code for card in self.cards), ELSEWHERE)
        seen, beside = [], np.zeros((len(asked), len(classes)))
        place = {code: at for at, code in enumerate(classes)}
        for row, one in enumerate(asked):
            terms, scores = self._read(one.text)
            seen.append(terms)
            for code, score in scores:
                beside[row, place[code]] = score / BY_WORDS
        worth = [NAME if one.is_name else LEFT_OPEN if one.kind == "ask_back" else 1.0 for one in asked]
        return weigh(PROCEDURES, seen, classes, [one.codes or (ELSEWHERE,) for one in asked], worth, beside)

    def _read(self, text: str) -> tuple[Features, list[tuple[str, float]]]:
        if text not in self._searched:
            searched = self.hearing.searched(text)
            found = self.index.search(searched, len(self.cards))
            self._searched[text] = (
                self.index.read(searched).terms,
                [(one.code, min(one.score, 200.0)) for one in found],
            )
        return self._searched[text]

    def slots(self, held: Sequence[Example]) -> Weights:
        """Weigh which field a question asks for, by words and by the phrase that was said."""
        asked = [one for one in held if one.kind in ("answer", "police", "province") and not one.is_double]
        seen = []
        for one in asked:
            clause = self.hearing.clause(one.text)
            slot, is_strong = self.hearing.slot_of(clause)
            found = features.of_slot(clause.words, slot, is_strong=is_strong)
            seen.append(
                {name: much for name, much in found.items() if not (one.is_developed and name[0] == "=")}
            )
        return weigh(
            features.SLOTS,
            seen,
            (*(slot.value for slot in Slot), features.NO_SLOT),
            [(one.slot or features.NO_SLOT,) for one in asked],
        )

    def asking_back(self, held: Sequence[Example]) -> Weights:
        """Weigh whether to ask back, by words and by what the search finds that was taught by other files."""
        files = sorted({one.file for one in held if one.file and not one.is_developed})
        seen, wanted, worth = [], [], []
        for fold in range(FOLDS):
            out = set(files[fold::FOLDS])
            taught = self.procedures([one for one in held if one.file not in out])
            index = index_of(self.cards, weights=taught)
            hearing = Hearing(index, read_phrases())
            chooser = Chooser(read_phrases(), hearing, self.cards)
            asked = [one for one in held if one.file in out and one.kind != "refuse"]
            for one in (*asked, *self.plain[fold::FOLDS]):
                clause = hearing.clause(one.text)
                found = chooser.seen(clause, index.weigh(hearing.searched(one.text), 8))
                if not (one.is_name and "=family:1" in found):
                    seen.append(found)
                    wanted.append((features.ASK if one.kind == "ask_back" else features.ANSWER,))
                    worth.append(PLAIN_NAME if one.is_name else 1.0)
        return weigh(features.ASKING_BACK, seen, (features.ANSWER, features.ASK), wanted, worth)


def weigh(
    name: str,
    seen: Sequence[Features],
    classes: Sequence[str],
    wanted: Sequence[Sequence[str]],
    worth: Sequence[float] | None = None,
    beside: np.ndarray | None = None,
) -> Weights:
    """Return whole-numbered weights of a logistic regression; `worth` is what each example counts; `beside` are scores that are weighed as they are, and in whose scale points are told."""
    counted = Counter(one for found in seen for one in found)
    place = {one: at for at, one in enumerate(sorted(one for one, times in counted.items() if times >= SEEN))}
    matrix = _matrix(seen, place)
    aims = np.zeros((len(seen), len(classes)))
    for row, names in enumerate(wanted):
        aims[row, [list(classes).index(one) for one in names]] = 1 / len(names)
    size, kinds = len(place), len(classes)
    ways = WAYS[name]
    tight = ways.tight * np.array([counted[one] / SEEN for one in place])[:, None] ** ways.often
    heavy = np.ones(len(seen)) if worth is None else np.array(worth)
    across = matrix.T.tocsr()

    def loss(held: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias, share = held[: size * kinds].reshape(size, kinds), held[size * kinds : -1], held[-1]
        said = matrix @ weights + bias + (0 if beside is None else share * beside)
        most = said.max(axis=1, keepdims=True)
        total = most + np.log(np.exp(said - most).sum(axis=1, keepdims=True))
        off = heavy[:, None] * (np.exp(said - total) - aims)
        cost = (
            heavy @ (total[:, 0] - (aims * said).sum(axis=1))
            + (tight * weights**2).sum() / 2
            + BIAS_TIGHT / 2 * (bias**2).sum()
        )
        of_share = 0.0 if beside is None else (off * beside).sum()
        return cost, np.concatenate(
            [(across @ off + tight * weights).ravel(), off.sum(axis=0) + BIAS_TIGHT * bias, [of_share]]
        )

    best = minimize(
        loss, np.zeros(size * kinds + kinds + 1), jac=True, method="L-BFGS-B", options={"maxiter": ways.steps}
    ).x
    scale = SCALE if beside is None else BY_WORDS / best[-1]
    points = np.rint(scale * best[: size * kinds].reshape(size, kinds)).astype(int)
    by_feature = {
        one: [
            int(number)
            for kind in range(kinds)
            if abs(points[at, kind]) >= ways.faint
            for number in (kind, points[at, kind])
        ]
        for one, at in place.items()
    }
    bias = [round(scale * one) for one in best[size * kinds : -1]]
    return Weights(classes, bias, {one: held for one, held in by_feature.items() if held})


def _matrix(seen: Sequence[Features], place: dict[str, int]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, found in enumerate(seen):
        known = [(place[one], much) for one, much in found.items() if one in place]
        length = np.sqrt(sum(much * much for _, much in known)) or 1.0
        rows += [row] * len(known)
        columns += [at for at, _ in known]
        values += [much / length for _, much in known]
    return csr_matrix((values, (rows, columns)), shape=(len(seen), len(place)))


def packed(made: dict[str, Weights]) -> str:
    """Return weights as the file holds them, a feature a line."""
    held = {"made_from": digest(), **{name: made[name].pack() for name in sorted(made)}}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"') + "\n"


def tried() -> None:
    """Print what is reached on each file by the weights of all others."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        lines = [line for lines in pool.map(_tried, range(TRIED)) for line in lines]
    for file, shares in sorted(lines):
        print(*_line(file, shares))
    names = lines[0][1]
    print(
        *_line(
            "all",
            {
                name: (sum(one[name][0] for _, one in lines), sum(one[name][1] for _, one in lines))
                for name in names
            },
        )
    )


def _tried(fold: int) -> list[tuple[str, dict[str, tuple[int, int]]]]:
    held, trainer = examples(), Trainer()
    out = {path.stem: path for path in MARKED[fold::TRIED]}
    with tempfile.TemporaryDirectory() as folder:
        weighing.PATH = Path(folder) / "learned.json"
        weighing.PATH.write_text(
            packed(trainer.all([one for one in held if one.file not in out])), encoding="utf-8"
        )
        weighing.learned.cache_clear()
        index = index_of(trainer.cards)
        assistant = Assistant(trainer.cards, index, read_policy().judge, vneid=seed.read_guides()["vneid"])
        return [(name, _reached(read_questions(path), index, assistant)) for name, path in out.items()]


def _reached(questions: Sequence[Question], index: Any, assistant: Assistant) -> dict[str, tuple[int, int]]:
    ranked = mark_ranking(questions, lambda text: [found.code for found in index.search(text, 3)])
    replied = mark_replies(questions, assistant.turn, source_texts())
    shares = {
        "first": ranked.top1, "three": ranked.top3, "slot": replied.slot_exact, "asked rightly": replied.ask_precision,
        "asked": replied.ask_recall, "offered all": replied.ask_offers_all, "refused": replied.refused, "good refused": replied.wrongly_refused,
        "kind": replied.kinds["all"],
    }  # fmt: skip
    return {name: (share.hits, share.total) for name, share in shares.items()}


def _line(file: str, shares: dict[str, tuple[int, int]]) -> list[str]:
    return [f"{file:10}", *(f"{name} {hits / max(1, total):.3f}" for name, (hits, total) in shares.items())]


def main() -> int:
    """Make the file, or check that it is made from these examples."""
    if "--try" in sys.argv:
        tried()
        return 0
    if "--check" in sys.argv:
        return int(json.loads(weighing.PATH.read_text(encoding="utf-8"))["made_from"] != digest())
    made = Trainer().all(examples())
    weighing.PATH.write_text(packed(made), encoding="utf-8")
    for name, weights in made.items():
        print(
            name,
            len(weights.pack()["weights"]),
            "features",
            sum(len(one) // 2 for one in weights.pack()["weights"].values()),
            "weights",
        )
    return 0


def _example(one: Question, path: Path) -> Example:
    codes = tuple(sorted(one.right_codes))
    return Example(
        one.text,
        one.kind,
        codes,
        one.slot.value if one.slot else "",
        one.second is not None,
        path in DEVELOPED,
        path.stem,
    )


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


if __name__ == "__main__":
    sys.exit(main())
