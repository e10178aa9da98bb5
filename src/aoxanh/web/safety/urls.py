"""Addresses of the pages about fraud; the badge's is as short as can be, since a QR has to hold it."""

from django.urls import path

from aoxanh.web.safety import badge, inbox, notices, prints, report

urlpatterns = [
    path("b/<str:token>", badge.show, name="badge"),
    path("report-scam/", report.tell, name="report_scam"),
    path("scam-reports/", inbox.index, name="scam_reports"),
    path("scam-reports/<uuid:report_id>/", inbox.show, name="scam_report"),
    path("scam-reports/<uuid:report_id>/move/", inbox.move, name="scam_report_move"),
    path("scam-reports/contact/<str:commune>/", inbox.contact, name="police_contact"),
    path("notices/", notices.index, name="safety_notices"),
    path("notices/<uuid:notice_id>/", notices.show, name="safety_notice"),
    path("notices/<uuid:notice_id>/export/", notices.export, name="safety_notice_export"),
    path("notices/<uuid:notice_id>/withdraw/", notices.withdraw, name="safety_notice_withdraw"),
    path("teams/<uuid:team_id>/badges/", prints.team, name="badges_on_paper"),
    path("badges/<uuid:badge_id>/revoke/", prints.revoke, name="badge_revoke"),
]
