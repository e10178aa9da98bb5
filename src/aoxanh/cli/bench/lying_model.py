"""Hostile questions put to the assistant while its language model is a server that lies and fails: what of it reaches a reader."""

from collections.abc import Callable, Sequence
from random import Random

from aoxanh.assistant.llm.client import Endpoint, Failed, Prompt
from aoxanh.assistant.llm.verify import Weights
from aoxanh.assistant.llm.wording import Judged, Purpose, Wording, worded
from aoxanh.assistant.replies import Reply
from aoxanh.cli.bench.bad_model import FAILING, LYING, bad_model, honest

# Those that only end at the deadline cost time and show nothing new here; the suite plays them one by one.
_SLOW = {
    "dripping_stream",
    "dripping_headers",
    "dripping_body",
    "continuing",
    "silent",
    "over_long",
    "endless_stream",
}


def storm(asked: Sequence[tuple[str, Reply]], *, weights: Weights, seed: int) -> dict[str, float]:
    """Word each plain reply with a model that lies or fails, drawn from the seed; a reply that differs afterwards is a breach.

    Returns `model_inputs`, `model_breaches`, and `model_asked`: how often the server was really asked, so that a storm that
    never reached it cannot look like a good one.
    """
    random = Random(seed)
    ways = [*LYING, *(mode for mode in FAILING if mode not in _SLOW)]
    breaches = 0
    with bad_model() as server:
        endpoint = Endpoint(server.url, "bench", "", 5)

        def consult(
            _purpose: Purpose, prompt: Prompt, judge: Callable[[str], Judged | None]
        ) -> Judged | None:
            try:
                judged = judge(endpoint.ask(prompt).text)
            except Failed:
                return None
            return judged if judged and judged.kept else None

        for question, plain in asked:
            way = random.choice(ways)
            server.mode, server.answering = ("honest", LYING[way]) if way in LYING else (way, honest)
            breaches += worded(plain, question, Wording(consult, weights)) != plain
        return {"model_inputs": len(asked), "model_breaches": breaches, "model_asked": len(server.requests)}
