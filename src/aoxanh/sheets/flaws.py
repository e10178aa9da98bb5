"""What is wrong with a file or a row, in words, each with what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from aoxanh.people.errors import NotAllowed
from aoxanh.sheets.errors import UnfitFile
from aoxanh.sheets.reading.layout import LAYOUTS

FILES: dict[str, tuple[Any, Any]] = {
    "empty": (_("The file is empty."), _("Choose the file that holds the list.")),
    "too_large": (_("The file is larger than {limit} MB."), _("Remove pictures and other sheets, or split the list by province.")),
    "too_many_rows": (_("The sheet has more than {limit} rows."), _("Split the list by province. If it looks shorter, delete the blank rows below it: Excel keeps formatted ones.")),
    "not_a_sheet": (_("This is not a spreadsheet."), _("Save the list as .xlsx, .xls or .csv and send that file.")),
    "web_page": (_("The file is a web page that only calls itself a spreadsheet."), _("Open it in Excel and save it as .xlsx.")),
    "broken": (_("The file is damaged."), _("Open it in Excel, save it anew as .xlsx and send that file.")),
    "broken_letters": (_("The letters of the file cannot be read."), _("Save it in Excel as “CSV UTF-8”, or as .xlsx.")),
    "locked": (_("The file is protected by a password."), _("Open it in Excel, remove the password and save it.")),
    "bomb": (_("The file would swell far beyond its size when opened."), _("Copy the list into a new workbook and send that file.")),
    "entities": (_("The file holds instructions that no spreadsheet needs."), _("Copy the list into a new workbook and send that file.")),
    "no_header": (_("No row with the column titles was found."), _("The titles must include: {wanted}. The template has them all.")),
    "lacks_columns": (_("These columns are missing: {columns}. Titles found: {found}"), _("Add the columns, or copy the list into the template.")),
    "gone": (_("The file was let go of before it had been read."), _("Send the file again.")),
    "not_allowed": (NotAllowed.message, NotAllowed.remedy),
    "gave_up": (_("Reading the file failed three times."), _("Copy the list into the template and send that file; if it happens again, tell whoever runs this site.")),
}  # fmt: skip
ROWS: dict[str, tuple[Any, Any]] = {
    "missing": (_("Nothing is filled in."), _("Fill in this cell.")),
    "unreadable": (_("The cell holds signs that no text has."), _("Type the cell anew.")),
    "too_long": (_("The text is longer than {limit} characters."), _("Shorten it.")),
    "no_date": (_("“{text}” is no date."), _("Write it as day/month/year, e.g. 05/07/2008.")),
    "year_only": (_("“{text}” is only a year."), _("Write day, month and year; who may still be under 18 needs all three.")),
    "no_birth": (_("Nobody on the list can be born on that day."), _("Check the year.")),
    "too_young": (_("A volunteer must be at least 16 years old."), _("Check the date of birth, or take the row out.")),
    "no_truth": (_("“{text}” is neither yes nor no."), _("Write “Có” or “Không”.")),
    "no_choice": (_("“{text}” is not one of the choices."), _("Use one of: {choices}")),
    "no_half_days": (_("“{text}” names no half days."), _("Write e.g. “T2 sáng, T4 chiều, T7, CN” or “Cả tuần”.")),
    "no_language": (_("“{text}” is no language that we know."), _("Write names as in the list on the second sheet of the template, e.g. “Mông (3), Tày”.")),
    "no_id": (_("This is not a code of ours."), _("Leave the cell empty for somebody new; never change the codes of an exported list.")),
    "unknown_id": (_("No row with this code is in your care."), _("Leave the code empty to add the row as a new one.")),
    "no_name": (_("“{text}” cannot be a name."), _("Write the name in letters only, as on the membership card.")),
    "number_in_name": (_("There is a phone or identity number, or an address, in this cell."), _("Take it out: such numbers are not kept here.")),
    "no_place_code": (_("No commune has the code “{text}”."), _("Use the five digits of the scheme of July 2025, or only the names.")),
    "no_place": (_("No commune is called “{text}”."), _("Check commune and province.{perhaps}")),
    "which_place": (_("“{text}” can be several communes of today."), _("Write the one that is meant:{perhaps}")),
    "outside": (_("This place is outside your reach."), _("Take the row out, or ask the coordinator of that place to send it.")),
    "twice": (_("Row {row} says something else about the same thing."), _("Keep one of the two. Two people of one name: put A and B after their names.")),
    "which_person": (_("{count} volunteers of this name live in the commune."), _("Copy the code (Mã) of the one who is meant from an exported list.")),
    "which_member": (_("{count} volunteers of this name can be meant."), _("Copy the code (Mã) of the one who is meant from an exported list of volunteers.")),
    "no_volunteer": (_("No volunteer of this name lives in the team's commune or belongs to the team."), _("Add the volunteer first, or fill in the code (Mã) from an exported list.")),
    "no_team": (_("The commune has no team of this name."), _("Check the name, or import the teams first.")),
    "overlaps": (_("The volunteer already belongs to this team in part of that time."), _("Check the days.")),
    "same_name": (_("Another team of the commune has this name."), _("Give the team another name.")),
    "team_closed": (_("The team has ended by that day."), _("Choose a team that is active.")),
    "ends_before": (_("The last day is before the first."), _("Check the two dates.")),
    "no_number": (_("“{text}” is no whole number from 0 to {most}."), _("Write a number like 12.")),
    "no_speakers": (_("“{text}” does not say how many speakers of which language."), _("Write e.g. “Mông 3; Tày 2”.")),
    "minimum_above": (_("The minimum is above the need."), _("Lower the minimum or raise the need.")),
    "in_future": (_("The date lies in the future."), _("Check the date.")),
    "too_early": (_("The date lies before {day}, when the communes of today began."), _("Check the date.")),
    "too_many_days": (_("The days are more than {limit}."), _("Split the figure into shorter periods.")),
    "no_value_wanted": (_("Only the trait “Ngôn ngữ” has a language."), _("Leave this cell empty.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One thing wrong with a row, in words: the column's title, what it is, and the remedy."""

    column: str
    message: str
    remedy: str


def unfit(code: str, facts: Mapping[str, str]) -> UnfitFile:
    """Return the refusal of a whole file, in words."""
    message, remedy = FILES.get(code, FILES["broken"])
    return UnfitFile(
        field="file", message=str(message).format_map(facts), remedy=str(remedy).format_map(facts)
    )


def tell(kind: str, flaw: list[Any], addresses: Mapping[str, str]) -> Told:
    """Return a staged flaw in words; `addresses` names the places its facts point to by code."""
    column, code, facts = flaw
    columns = LAYOUTS[kind].columns
    message, remedy = ROWS[code]
    told = columns.get(column)
    words = {
        **facts,
        "choices": ", ".join(told.choices) if told else "",
        "perhaps": _perhaps(code, facts.get("codes", ""), addresses),
    }
    return Told(told.title if told else "", str(message).format_map(words), str(remedy).format_map(words))


def _perhaps(code: str, codes: str, addresses: Mapping[str, str]) -> str:
    named = [f"{addresses[one]} ({one})" for one in codes.split() if one in addresses]
    if not named:
        return ""
    listed = "; ".join(named)
    return (
        f" {listed}."
        if code == "which_place"
        else " " + translate("Perhaps: {listed}.").format(listed=listed)
    )
