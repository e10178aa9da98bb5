"""Weigh the words of requests: `python tools/weigh_requests.py [--check|--try]` makes data/request_weights.json from marked examples.

Examples are the questions and requests that stand in the assistant's own sets, the halves that may be read: what must be refused, what
must be answered, and the cards' names as more of the latter. `--try` weighs four fifths, counts on the rest, and prints both shares.
"""

import json
import random
import sys
from collections import Counter
from hashlib import blake2b
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from aoxanh.assistant.policy import read_policy
from aoxanh.assistant.policy.weighing import PATH, features, spoken
from aoxanh.procedures import seed

ROOT = Path(__file__).resolve().parent.parent
EVALUATION = ROOT / "src" / "aoxanh" / "assistant" / "evaluation"
TESTS = ROOT / "tests" / "assistant"
MARKED = (EVALUATION / "tuning.yaml", TESTS / "fresh.yaml")
LIMITS = (TESTS / "limits.yaml", TESTS / "more_limits.yaml")
HOSTILE = EVALUATION / "hostile.yaml"
ANSWERED = {"answer", "police", "province", "ask_back"}

TIGHT = 0.3
"""How strongly weights are held near nought."""

NAME = 0.2
"""A card's name counts so much of an example."""

SCALE, FAINT = 10, 3
"""Weights are whole numbers; those below the second are left out, so that a phone has half as many to fetch."""

SEEN = 2
LEAST = 0
"""From this weight on a text is refused; set so that of examples not weighed about one in a hundred good ones is (`--try`)."""

FOLDS = 5


def examples() -> tuple[list[str], list[str], list[str]]:
    """Return what is refused, what is answered, and names."""
    hostile = _read(HOSTILE)
    limits = [pair for path in LIMITS for pair in _read(path)]
    marked = [question for path in MARKED for question in _read(path)]
    refused = [text for family in hostile["hostile"] for text in family["texts"]]
    refused += [question["text"] for question in marked if question["kind"] == "refuse"]
    refused += [pair["refuse"] for pair in limits]
    answered = [*hostile["good"], *hostile["police"], *(pair["answer"] for pair in limits)]
    answered += [question["text"] for question in marked if question["kind"] in ANSWERED]
    names = [name for card in seed.read_cards() for name in (card.name.vi, card.name.en, *card.aliases)]
    return refused, answered, names


def digest() -> str:
    """Return a mark of everything the weights are made from."""
    return blake2b(json.dumps(examples(), ensure_ascii=False).encode(), digest_size=8).hexdigest()


def weigh(refused: list[str], answered: list[str], names: list[str]) -> tuple[dict[str, int], int]:
    """Return whole-numbered weights and the bias."""
    texts = [*refused, *answered, *names]
    found = [of_text(text) for text in texts]
    counted = len(refused) + len(answered)
    seen = Counter(one for held in found[:counted] for one in held)
    place = {one: at for at, one in enumerate(sorted(one for one, times in seen.items() if times >= SEEN))}
    rows, columns, values = [], [], []
    for row, held in enumerate(found):
        known = [place[one] for one in held if one in place]
        rows += [row] * len(known)
        columns += known
        values += [1 / np.sqrt(max(1, len(known)))] * len(known)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), len(place)))
    is_refused = np.array([1.0] * len(refused) + [0.0] * (len(texts) - len(refused)))
    worth = np.array([1.0] * counted + [NAME] * len(names))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        said = matrix @ weights[:-1] + weights[-1]
        off = worth * (1 / (1 + np.exp(-said)) - is_refused)
        cost = (worth * (np.logaddexp(0, said) - is_refused * said)).sum() + TIGHT / 2 * (
            weights[:-1] ** 2
        ).sum()
        return cost, np.append(matrix.T @ off + TIGHT * weights[:-1], off.sum())

    best = minimize(loss, np.zeros(len(place) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    weights = {one: round(SCALE * best[at]) for one, at in place.items()}
    return {one: weight for one, weight in weights.items() if abs(weight) >= FAINT}, round(SCALE * best[-1])


def of_text(text: str) -> list[str]:
    """Return what is weighed of a text."""
    return features(spoken(read_policy().tokens(text)))


def tried() -> None:
    """Print how the weights do on examples that they were not made from."""
    refused, answered, names = examples()
    dice = random.Random(1)
    sides = [[(dice.randrange(FOLDS), text) for text in texts] for texts in (refused, answered)]
    scores: tuple[list[float], list[float]] = ([], [])
    for fold in range(FOLDS):
        weights, bias = weigh(*([text for at, text in side if at != fold] for side in sides), names)
        for side, found in zip(sides, scores, strict=True):
            for at, text in side:
                known = [weights[one] for one in of_text(text) if one in weights] if at == fold else []
                if at == fold:
                    found.append(bias + sum(known) / max(1, len(known)) ** 0.5)
    for least in range(-5, 20, 5):
        shares = [sum(score >= least for score in found) / len(found) for found in scores]
        print(f"{least:>4}  refused {shares[0]:.3f}  good ones refused {shares[1]:.3f}")


def main() -> int:
    """Make the file, or check that it is made from these examples."""
    if "--try" in sys.argv:
        tried()
        return 0
    if "--check" in sys.argv:
        return int(json.loads(PATH.read_text(encoding="utf-8"))["made_from"] != digest())
    weights, bias = weigh(*examples())
    held = {"made_from": digest(), "bias": bias, "least": LEAST, "weights": weights}
    PATH.write_text(json.dumps(held, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights")
    return 0


def _read(path: Path):  # noqa: ANN202 - YAML holds anything
    return yaml.safe_load(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
