"""Pages, grouped by room; each group is a module with its own `urlpatterns`."""

from django.urls import include, path

from aoxanh.web import home
from aoxanh.web.watch import health

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("language/", home.choose_language, name="language"),
    path("", include("aoxanh.web.assistant.loop.urls")),
    path("", include("aoxanh.web.assistant.urls")),
    path("", include("aoxanh.web.assistant.draft_urls")),
    path("", include("aoxanh.web.audit.urls")),
    path("", include("aoxanh.web.boards.urls")),
    path("", include("aoxanh.web.desk.urls")),
    path("", include("aoxanh.web.evaluation.urls")),
    path("", include("aoxanh.web.feedback.urls")),
    path("", include("aoxanh.web.people.urls")),
    path("", include("aoxanh.web.flags.urls")),
    path("field/", include("aoxanh.web.field.urls")),
    path("", include("aoxanh.web.hamlets")),
    path("", include("aoxanh.web.initiatives.urls")),
    path("", include("aoxanh.web.places")),
    path("", include("aoxanh.web.procedures.urls")),
    path("", include("aoxanh.web.reports.urls")),
    path("", include("aoxanh.web.safety.urls")),
    path("", include("aoxanh.web.sheets.urls")),
    path("", include("aoxanh.web.supervision.urls")),
    path("", include("aoxanh.web.training.urls")),
    path("", include("aoxanh.web.training.event_urls")),
    path("", include("aoxanh.web.staffing.roster_urls")),
    path("", include("aoxanh.web.staffing.urls")),
]
