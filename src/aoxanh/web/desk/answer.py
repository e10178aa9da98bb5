"""The page behind a session's QR, for the citizen: three taps, without account, cookie, JavaScript or name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from aoxanh.desk import actions, answer_tokens
from aoxanh.desk.channels import Answer, Channel
from aoxanh.desk.errors import UnknownAnswerCode
from aoxanh.kernel.errors import DomainError
from aoxanh.web.safety.limits import Limit, SharedLimit
from aoxanh.web.safety.public import for_citizens

ASKS = Limit(most=120, seconds=60)
# A desk's own network is one address for everybody it helps; beyond this, answers are kept but not credited.
CREDITED = SharedLimit("answer", most=40, seconds=3600)


@require_http_methods(["GET", "HEAD", "POST"])
@for_citizens(ASKS)
def give(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the citizen was helped, on their own phone, and take the answer."""
    return _page(request, token, Channel.QR)


@require_http_methods(["GET", "HEAD", "POST"])
@for_citizens(ASKS)
def give_on_phone(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the same on the volunteer's phone, for a citizen who has none; it weighs little."""
    return _page(request, token, Channel.BUTTON)


def _page(request: HttpRequest, text: str, channel: Channel) -> HttpResponse:
    try:
        token = answer_tokens.read(text)
        if token is None:
            raise UnknownAnswerCode
        actions.check_open(token)
        if request.method != "POST":
            return render(request, "desk/answer.html", {"answers": Answer.choices})
        actions.take_answer(
            token=token,
            answer=request.POST.get("answer", ""),
            channel=channel,
            crowded=not CREDITED.takes(request),
        )
    except DomainError as refusal:
        return render(request, "desk/answer.html", {"refusal": refusal}, status=refusal.status)
    return render(request, "desk/answered.html")
