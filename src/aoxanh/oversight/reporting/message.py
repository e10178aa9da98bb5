"""A report in a few lines of plain text, as people send it to each other in Zalo."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from aoxanh.oversight.models import Report
from aoxanh.oversight.reporting.narrative import place_in_words
from aoxanh.oversight.reporting.paper import blocks_of, day_signed, excerpt_of, full_number, headings
from aoxanh.oversight.reporting.written import day

_SHOWN = (("results", 1), ("proposals", 4))


def message_of(report: Report, *, site: str) -> str:
    """Return the results and the proposals of a report as a message, with where to check it once it is signed."""
    with override(report.language):
        said = [f"{_('REPORT')} – {place_in_words(report.figures).upper()}", excerpt_of(report)]
        for section, heading in _SHOWN:
            blocks = [block for block in blocks_of(report.text.get(section, "")) if block[0] != "part"]
            said += [
                "",
                headings()[heading],
                *(f"• {text}" if kind == "item" else text for kind, text in blocks),
            ]
        on = day_signed(report)
        if on is None:
            said += ["", _("(Draft, not signed yet)")]
        else:
            signed = _("Report {number} of {day}, signed by {name}").format(
                number=full_number(report), day=day(on), name=report.signer
            )
            said += ["", signed, f"{site}/r/{report.code}/"]
        return "\n".join(said)
