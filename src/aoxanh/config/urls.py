"""The URL tree: pages at the root, the JSON API under /api/v1/."""

from django.urls import include, path

from aoxanh.api.urls import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("aoxanh.web.urls")),
]
handler400 = "aoxanh.web.errors.bad_request"
handler404 = "aoxanh.web.errors.not_found"
handler500 = "aoxanh.web.errors.server_error"
