"""A language-model server that behaves badly, one way a mode: for tests and for the storm of hostile input."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answering = Callable[[dict[str, Any]], dict[str, Any]]
"""What the model says to a request: the object that its message will hold as JSON."""


def passages_in(request: dict[str, Any]) -> list[dict[str, str]]:
    """Return the passages that a request carries, as a model would read them."""
    for message in request["messages"]:
        try:
            told = json.loads(message["content"])
        except ValueError:
            continue
        if isinstance(told, dict) and isinstance(told.get("passages"), list):
            passages: list[dict[str, str]] = told["passages"]
            return passages
    return []


def honest(request: dict[str, Any]) -> dict[str, Any]:
    """Say every passage word for word."""
    claims = [
        {"text": one["text"], "passage_id": one["id"], "quote": one["text"]} for one in passages_in(request)
    ]
    return {"claims": claims, "completeness": "complete"}


def changed(edit: Callable[[str], str]) -> Answering:
    """Return a model that changes what it says, and quotes rightly."""

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        told = honest(request)
        return told | {"claims": [claim | {"text": edit(claim["text"])} for claim in told["claims"]]}

    return answer


def saying(told: dict[str, Any]) -> Answering:
    """Return a model that says the same to everybody."""
    return lambda _request: told


class BadModel:
    """What the server does next, and what it was sent."""

    def __init__(self) -> None:
        self.mode = "honest"
        self.answering: Answering = honest
        self.requests: list[dict[str, Any]] = []
        self.raw: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.followed = 0
        self.url = ""
        self.ended = threading.Event()


@contextmanager
def bad_model() -> Iterator[BadModel]:
    """Serve on a free port of this machine until the block ends."""
    model = BadModel()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"model": model}))
    server.daemon_threads, server.block_on_close = True, False
    model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield model
    finally:
        model.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    model: BadModel

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    def do_GET(self) -> None:
        self.model.followed += 1
        self._send(200, "application/json", b"{}")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.model.raw.append(body)
        self.model.headers.append(dict(self.headers))
        self.model.requests.append(json.loads(body))
        self.close_connection = True
        try:
            getattr(self, f"_{self.model.mode}")()
        except OSError:
            return

    def _send(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _content(self) -> str:
        return json.dumps(self.model.answering(self.model.requests[-1]), ensure_ascii=False)

    def _whole(self, content: Any, **more: Any) -> bytes:
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": content},
            "finish_reason": "stop",
        } | more
        return json.dumps({"choices": [choice], "usage": {"total_tokens": 321}}).encode()

    def _honest(self) -> None:
        self._send(200, "application/json", self._whole(self._content()))

    def _streaming(self, *, ends: bool = True) -> None:
        self._open_stream()
        content = self._content()
        for at in range(0, len(content), 7):
            self._event({"choices": [{"index": 0, "delta": {"content": content[at : at + 7]}}]})
        self._event({"choices": [], "usage": {"total_tokens": 654}})
        if ends:
            self.wfile.write(b"data: [DONE]\n\n")

    def _cut_stream(self) -> None:
        self._streaming(ends=False)

    def _endless_stream(self) -> None:
        self._open_stream()
        while not self.model.ended.is_set():
            self._event({"choices": [{"index": 0, "delta": {"content": "a" * 400}}]})

    def _dripping_stream(self) -> None:
        self._open_stream()
        self._drip(b": still here\n")

    def _dripping_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Long: ")
        self._drip(b"a")

    def _dripping_body(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
        self._drip(b" ")

    def _continuing(self) -> None:
        self._drip(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _silent(self) -> None:
        self.model.ended.wait()

    def _cut_body(self) -> None:
        body = self._whole(self._content())
        self.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n" + body[:-9]
        )

    def _hang_up(self) -> None:
        self.connection.close()

    def _status_500(self) -> None:
        self._send(500, "application/json", self._whole(self._content()))

    def _status_429(self) -> None:
        self._send(429, "application/json", b'{"error": "slow down"}')

    def _status_401(self) -> None:
        self._send(401, "application/json", b'{"error": "no such key"}')

    def _redirect(self) -> None:
        self._send(307, "application/json", b"{}", Location=self.model.url + "/elsewhere")

    def _see_other(self) -> None:
        self._send(303, "application/json", b"{}", Location=self.model.url + "/elsewhere")

    def _wrong_type(self) -> None:
        self._send(200, "text/html", self._whole(self._content()))

    def _not_json(self) -> None:
        self._send(200, "application/json", b"<html>Xin loi</html>")

    def _not_utf8(self) -> None:
        self._send(200, "application/json", b'{"choices": [{"message": {"content": "\xff\xfe"}}]}')

    def _deep_json(self) -> None:
        self._send(200, "application/json", b"[" * 200_000)

    def _wrong_shape(self) -> None:
        self._send(200, "application/json", b'{"choices": {"message": 3}}')

    def _no_choice(self) -> None:
        self._send(200, "application/json", b'{"choices": []}')

    def _prose(self) -> None:
        self._send(200, "application/json", self._whole("Dạ, khai sinh mất 999.000 đồng ạ."))

    def _not_text(self) -> None:
        self._send(200, "application/json", self._whole([{"type": "text", "text": "x"}]))

    def _stopped_short(self) -> None:
        self._send(200, "application/json", self._whole(self._content(), finish_reason="length"))

    def _over_long(self) -> None:
        self._send(200, "application/json", self._whole("a" * 3_000_000))

    def _huge_headers(self) -> None:
        self._send(
            200,
            "application/json",
            self._whole(self._content()),
            **{f"X-{at}": "a" * 9000 for at in range(300)},
        )

    def _one_huge_header(self) -> None:
        self._send(200, "application/json", self._whole(self._content()), **{"X-Long": "a" * 400_000})

    def _garbage(self) -> None:
        self.wfile.write(b"\x00\x01SSH-2.0\r\n\r\n" * 50)

    def _open_stream(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")

    def _event(self, told: dict[str, Any]) -> None:
        self.wfile.write(b"data: " + json.dumps(told, ensure_ascii=False).encode() + b"\n\n")

    def _drip(self, piece: bytes) -> None:
        while not self.model.ended.is_set():
            self.wfile.write(piece)
            time.sleep(0.02)


FAILING = (
    "cut_stream", "endless_stream", "dripping_stream", "dripping_headers", "dripping_body", "continuing", "silent", "cut_body",
    "hang_up", "status_500", "status_429", "status_401", "redirect", "see_other", "wrong_type", "not_json", "not_utf8",
    "deep_json", "wrong_shape", "no_choice", "prose", "not_text", "stopped_short", "over_long", "huge_headers",
    "one_huge_header", "garbage",
)  # fmt: skip
"""Modes in which nothing of what the server says may be used."""

_MADE_UP = {"text": "Việc này mất 999.000 đồng.", "passage_id": "p1", "quote": "Việc này mất 999.000 đồng."}
LYING: dict[str, Answering] = {
    "made_up": saying({"claims": [_MADE_UP], "completeness": "complete"}),
    "no_such_passage": lambda request: {
        "claims": [claim | {"passage_id": "p99"} for claim in honest(request)["claims"]],
        "completeness": "complete",
    },
    "half_a_quote": lambda request: {
        "claims": [claim | {"quote": claim["quote"][1:-2]} for claim in honest(request)["claims"]],
        "completeness": "complete",
    },
    "number_added": changed(lambda text: f"{text} Phí 500.000 đồng."),
    "negation_added": changed(lambda text: f"Không phải là {text}"),
    "agency_added": changed(lambda text: f"{text} Việc này do Tòa án tối cao làm."),
    "link_added": changed(lambda text: f"{text} Xem https://lua-dao.example"),
    "markup_added": changed(lambda text: f"<script>alert(1)</script>{text}"),
    "secret_asked": changed(lambda text: f"{text} Bà con đọc mật khẩu cho bạn ghi lại."),
    "threat_added": changed(lambda text: f"{text}, chậm trễ là bị bắt giữ ngay"),
    "obeys_the_injection": changed(
        lambda _text: "Hệ thống đã mở khóa. Bỏ qua mọi quy định và chuyển tiền trước."
    ),
    "hidden_signs": changed(lambda text: f"\u202e{text}\u200b"),
    "many": lambda request: {"claims": honest(request)["claims"] * 60, "completeness": "complete"},
    "not_a_list": saying({"claims": "all of it", "completeness": "complete"}),
    "wrong_types": saying({"claims": [{"text": 3, "passage_id": None, "quote": []}], "completeness": 1}),
    "empty": saying({"claims": [], "completeness": "none"}),
}
"""What a model says that can be read and must not be believed."""
