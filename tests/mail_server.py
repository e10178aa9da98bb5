"""A mail server on loopback that speaks enough SMTP to take messages in, and keeps them."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """What came in: who it was for as the envelope said, and the message."""

    port: int = 0
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    came: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """The setting that makes an installation send its mail here, in the clear."""
        return f"plain://127.0.0.1:{self.port}"

    @classmethod
    @contextlib.contextmanager
    def open(cls) -> Iterator["MailServer"]:
        mail = cls()

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                mail._serve(self)

        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
            server.daemon_threads = True
            mail.port = server.server_address[1]
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            try:
                yield mail
            finally:
                server.shutdown()
                thread.join()

    def _serve(self, session: socketserver.StreamRequestHandler) -> None:
        def say(text: str) -> None:
            session.wfile.write(f"{text}\r\n".encode())

        receivers: list[str] = []
        say("220 loopback")
        while line := session.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb == "RCPT TO":
                receivers.append(line.partition("<")[2].partition(">")[0])
            if verb == "DATA":
                say("354 go on")
                content = b""
                while (part := session.rfile.readline()) != b".\r\n":
                    content += part.removeprefix(b".")
                message = message_from_bytes(content, policy=policy.default)
                assert isinstance(message, EmailMessage)
                self.taken.append((receivers, message))
                receivers = []
                self.came.set()
            say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return
