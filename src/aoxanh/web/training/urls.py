"""Addresses of the learning pages, and of certificates: one's own, the public check, and what programs check them with."""

from django.urls import path

from aoxanh.web.training import certificates, checks, gates, items, pages

urlpatterns = [
    path("learn/", pages.courses, name="courses"),
    path("learn/items/", items.items, name="items"),
    path("learn/items/<slug:course>/", items.items, name="items_of"),
    path("learn/<slug:course>/<slug:module>/", pages.module, name="module"),
    path("certificates/", certificates.index, name="certificates"),
    path("certificates/ending.csv", certificates.ending, name="certificates_ending"),
    path("certificates/gates/", gates.gates, name="gates"),
    path("certificates/<uuid:certificate_id>/paper.pdf", certificates.paper, name="certificate_paper"),
    path(
        "certificates/<uuid:certificate_id>/credential.jwt",
        certificates.credential,
        name="certificate_credential",
    ),
    path("c/", checks.check, name="check"),
    path("c/<str:code>/", checks.check, name="check_code"),
    path(".well-known/jwks.json", checks.keys, name="credential_keys"),
    path("credentials/keys/<str:thumbprint>", checks.key, name="credential_key"),
    path("credentials/status/<int:number>", checks.status_list, name="credential_status"),
    path("credentials/issuer", checks.issuer, name="credential_issuer"),
    path("credentials/groups/<slug:code>", checks.group, name="credential_group"),
]
