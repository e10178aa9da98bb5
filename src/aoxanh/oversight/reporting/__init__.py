"""Reports that write themselves: figures gathered once, a narrative drafted from them, and one paper in three formats.

`snapshot` gathers, `narrative` drafts, `paper` puts both into the parts of a Vietnamese document, and `pdf`, `docx`, `workbook`
and `message` write those parts down. Only `snapshot` reads the database.
"""
