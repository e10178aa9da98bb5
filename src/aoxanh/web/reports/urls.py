"""Addresses of reports, of the weekly briefing, and of the public check of a signed report."""

from django.urls import path

from aoxanh.web.reports import briefing, checks, editing, files, pages

urlpatterns = [
    path("reports/", pages.index, name="unit_reports"),
    path("reports/draft/", pages.draft, name="unit_report_draft"),
    path("reports/communes/", pages.communes, name="unit_reports_communes"),
    path("reports/<uuid:report_id>/", pages.show, name="unit_report"),
    path("reports/<uuid:report_id>/edit/", editing.edit, name="unit_report_edit"),
    path("reports/<uuid:report_id>/refresh/", editing.refresh, name="unit_report_refresh"),
    path("reports/<uuid:report_id>/discard/", editing.discard, name="unit_report_discard"),
    path("reports/<uuid:report_id>/sign/", editing.sign, name="unit_report_sign"),
    path("reports/<uuid:report_id>/correct/", editing.correct, name="unit_report_correct"),
    path("reports/<uuid:report_id>/file.<str:form>", files.take, name="unit_report_file"),
    path("briefing/", briefing.index, name="briefing"),
    path("briefing/<uuid:entry_id>/answer/", briefing.answer, name="briefing_answer"),
    path("briefing/<uuid:entry_id>/hand-up/", briefing.hand_up, name="briefing_hand_up"),
    path("r/<str:code>/", checks.check, name="unit_report_check"),
]
