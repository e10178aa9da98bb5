"""A report as a file: PDF, Word or Excel."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aoxanh.kernel.text import fold
from aoxanh.oversight.reporting.files import FORMS, file_of
from aoxanh.oversight.reporting.paper import paper_of
from aoxanh.web.reports.pages import report_of
from aoxanh.web.training.site import site_of


@require_safe
@never_cache
def take(request: HttpRequest, report_id: UUID, form: str) -> HttpResponse:
    """Give a report as a file in one of its formats."""
    if form not in FORMS:
        raise Http404
    report = report_of(request, report_id)
    content = file_of(paper_of(report, site=site_of(request)), form)
    place = slugify(fold(report.place.full_name)) or "ca-nuoc"
    name = f"bao-cao-{place}-{report.first:%Y%m%d}-{report.last:%Y%m%d}-v{report.version}.{form}"
    return HttpResponse(
        content,
        content_type=FORMS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
