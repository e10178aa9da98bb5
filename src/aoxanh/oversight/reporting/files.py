"""The file formats of a paper, by their ending."""

from aoxanh.oversight.reporting.docx import docx_of
from aoxanh.oversight.reporting.paper import Paper
from aoxanh.oversight.reporting.pdf import pdf_of
from aoxanh.oversight.reporting.workbook import workbook_of

_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
_WRITERS = {"pdf": pdf_of, "docx": docx_of, "xlsx": workbook_of}


def file_of(paper: Paper, form: str) -> bytes:
    """Return the paper as a file of one of `FORMS`."""
    return _WRITERS[form](paper)
