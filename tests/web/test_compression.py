"""Pages are compressed with less effort, and still come out whole, marked, and of a length that says little."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from aoxanh.web.compression import SHORT, QuickGZip

TEXT = "".join(f"{number} " for number in range(20_000)).encode()


def answered(accepted: str, content: bytes = TEXT) -> HttpResponse:
    def page(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content)

    response = QuickGZip(page)(RequestFactory().get("/", headers={"Accept-Encoding": accepted}))
    assert isinstance(response, HttpResponse)
    return response


def test_a_long_page_comes_out_as_it_went_in() -> None:
    response = answered("br, gzip")
    assert response["Content-Encoding"] == "gzip"
    assert response["Vary"] == "Accept-Encoding"
    assert int(response["Content-Length"]) == len(response.content) < len(TEXT) / 2
    assert gzip.decompress(response.content) == TEXT


def test_whoever_takes_no_gzip_gets_the_page_as_it_is() -> None:
    response = answered("br")
    assert response.content == TEXT
    assert "Content-Encoding" not in response


def test_the_length_of_a_page_does_not_tell_its_content_byte_by_byte() -> None:
    assert len({len(answered("gzip").content) for _ in range(40)}) > 1


def test_what_is_too_short_to_become_shorter_stays_as_it_is() -> None:
    response = answered("gzip", TEXT[: SHORT - 1])
    assert response.content == TEXT[: SHORT - 1]
    assert "Content-Encoding" not in response
