"""The printed certificate: an A4 page as PDF, laid out by Typst in the language asked for.

Typst is loaded when the first paper is made and not before: it costs a process about 30 MB, and most never make one. Its own
Libertinus Serif has every Vietnamese letter; the site's Be Vietnam Pro exists only as woff2, which Typst cannot read.
"""

import io
import json
import threading
from datetime import date, timedelta
from importlib import resources
from typing import Literal

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aoxanh.training.credentials.codes import code_of, grouped
from aoxanh.training.models import Certificate

# One at a time in a process: the layout engine takes all the cores it finds.
_TURN = threading.Lock()
_SOURCE = resources.files("aoxanh.training") / "papers" / "certificate.typ"


def paper_of(certificate: Certificate, *, site: str, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """Return the paper of a certificate (with its volunteer's home and its group); takes about a tenth of a second."""
    import typst

    inputs = {"told": json.dumps(_told(certificate, site), ensure_ascii=False)}
    with _TURN:
        made = typst.compile(
            _SOURCE.read_bytes(), format=form, ignore_system_fonts=True, sys_inputs=inputs, ppi=110
        )
    return made if isinstance(made, bytes) else made[0]


def _told(certificate: Certificate, site: str) -> dict[str, str]:
    volunteer, code = certificate.volunteer, code_of(certificate.id)
    address = f"{site}/c/{code}/"
    return {
        "language": get_language() or "vi",
        "title": _("Certificate: {group}").format(group=certificate.group),
        "campaign": _("SUMMER VOLUNTEER YOUTH CAMPAIGN"),
        "issuer": "ÁO XANH",
        "union": _("HO CHI MINH COMMUNIST YOUTH UNION"),
        "place_and_day": _("{place}, {day}/{month}/{year}").format(
            place=_province(certificate), **_written(certificate.issued_on)
        ),
        "heading": _("CERTIFICATE"),
        "opening": _("This certifies that the volunteer"),
        "name": volunteer.full_name,
        "home": volunteer.home.address[:1].upper() + volunteer.home.address[1:],
        "sentence": _("has passed the training and may hold posts of the skill group"),
        "group": str(certificate.group),
        "validity": _validity(certificate),
        "source": _("On the basis of: {source}").format(source=certificate.source),
        "qr": _qr(address),
        "check": _("Scan the code, or type it on the page, to see whether this certificate holds."),
        "address": address,
        "code": grouped(code),
        "note": _(
            "The page shows the given name and the initial of the family name only. No signature or stamp is needed."
        ),
    }


def _province(certificate: Certificate) -> str:
    home = certificate.volunteer.home
    return home.parent.name if home.parent else home.name


def _validity(certificate: Certificate) -> str:
    first = f"{certificate.issued_on:%d/%m/%Y}"
    if certificate.valid_to is None:
        return _("Valid from {first}").format(first=first)
    last = certificate.valid_to - timedelta(days=1)
    return _("Valid from {first} to {last}, that day included").format(first=first, last=f"{last:%d/%m/%Y}")


def _written(day: date) -> dict[str, str]:
    return {"day": f"{day:%d}", "month": f"{day:%m}", "year": f"{day:%Y}"}


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=4, border=1, dark="#16202c")
    return out.getvalue().decode()
