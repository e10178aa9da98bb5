"""The public check of a signed report, for whoever holds the paper: which report it is, whether it still stands, and its digest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aoxanh.oversight import report_queries
from aoxanh.oversight.actions import digest_of
from aoxanh.oversight.reporting.paper import day_signed, excerpt_of, full_number, grouped
from aoxanh.web.safety.limits import Limit
from aoxanh.web.safety.public import for_citizens

LOOKS = Limit(most=120, seconds=60)


@require_safe
@for_citizens(LOOKS)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say which signed report a code belongs to; its figures stay with those who may read the report."""
    found = report_queries.proven(code)
    if found is None:
        return render(request, "reports/check.html", {"found": None}, status=404)
    report = found.report
    page = {
        "found": found,
        "report": report,
        "excerpt": excerpt_of(report),
        "number": full_number(report),
        "day": day_signed(report),
        "code": grouped(str(report.code)),
        "is_whole": digest_of(report) == report.digest,
        "newer": full_number(found.newer) if found.newer else "",
        "newer_day": day_signed(found.newer) if found.newer else None,
    }
    return render(request, "reports/check.html", page)
