"""The sentence for each code: what is wrong, what it means, what to do. Until here codes are data."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.interop.items import FileNote, FileProblem, RowProblem
from posada.interop.sheets.fields import Field

Sentences = dict[str, Promise]

FILES: Final[Sentences] = {
    "archive_bomb": _(
        "Unpacked, this file would fill %(megabytes)s MB, far more than a list of people needs (at "
        "most %(most)s MB). It may have been made to do harm. Nothing was read; ask whoever sent it "
        "for a plain copy."
    ),
    "csv_damaged": _(
        "From line %(line)s on this table cannot be parted into rows. Open it in a spreadsheet "
        "program and save it again as CSV or XLSX."
    ),
    "csv_quote_open": _(
        "A quotation mark opened at line %(line)s is never closed, so everything behind it runs "
        "together. Close or remove it and try again."
    ),
    "file_archive": _("This is a packed archive, not a table. Unpack it and import the file that is inside."),
    "file_binary": _(
        "This file is not text and no format that we know. Save the list as CSV, XLSX or PFIF and try again."
    ),
    "file_database": _("This is a database file. Export the list from it as CSV and import that."),
    "file_document": _("This is a text document. Copy its table into a spreadsheet, save it as XLSX and import that."),
    "file_empty": _("The file is empty. Check that it was copied completely."),
    "file_image": _("This is a picture. People cannot be read from a picture; type the list into a spreadsheet."),
    "file_json": _("This is a JSON file. Export the list as CSV or XLSX instead (in Kobo: Data, Downloads)."),
    "file_old_xml_sheet": _("This is a spreadsheet in an old XML form. Open it and save it as XLSX."),
    "file_pdf": _("This is a PDF. Ask for the list as a spreadsheet, or type it into one and save it as XLSX."),
    "file_program": _("This is a program, not a list. It was not opened. Tell the person responsible for security."),
    "file_sound": _("This is a sound or film file, not a list."),
    "file_too_large": _(
        "The file has %(megabytes)s MB; at most %(most)s MB are read at once. Part it into several "
        "files with the same header and import one after the other."
    ),
    "file_unreadable": _("The file cannot be opened. Check that it is still there and that you may read it."),
    "file_web_page": _(
        "This is a web page, although it may be named as a spreadsheet. Open it in a spreadsheet "
        "program and save it as XLSX."
    ),
    "line_too_long": _(
        "Line %(line)s is longer than %(most)s signs: this is not a table of people, or its line ends"
        " were lost. Save it again as CSV or XLSX."
    ),
    "no_column_known": _(
        "None of the %(columns)s columns has a header that we know. Say which column holds what, then import again."
    ),
    "pfif_version_unknown": _("This is PFIF %(version)s; versions 1.1 to 1.4 can be read. Ask for version 1.4."),
    "pfif_without_namespace": _(
        "The file looks like PFIF but does not say which version. Ask for an export that names its version."
    ),
    "pfif_without_records": _("The PFIF file holds no person and no note. Nothing was imported."),
    "reader_failed": _(
        "Reading stopped without a reason that we know. Nothing was imported. Open the file in a "
        "spreadsheet program, save it again and retry; if it happens again, report it without sending"
        " the file."
    ),
    "reader_memory": _(
        "Reading the file takes more memory than is allowed. Often a single stray cell far below or "
        "to the right is the cause: copy only the list into a new sheet, or part it into smaller "
        "files."
    ),
    "reader_timeout": _("Reading the file takes too long. Nothing was imported. Part it into smaller files."),
    "sample_only": _(
        "A demonstration takes in only its two sample lists, so that nobody's real details come into it. Use a "
        "sample below."
    ),
    "sheet_empty": _("The table has no rows. Check that the right sheet was chosen."),
    "sheet_missing": _("The sheet that was chosen is not in this file. Choose one of its %(sheets)s sheets."),
    "text_encoding_broken": _(
        "The file says that it is written in %(encoding)s, but it is damaged or cut off. Ask for a new copy."
    ),
    "text_has_nul": _(
        "The file is formatted incorrectly: line %(line)s holds signs that no text has. Nothing was "
        "imported. Save it again as CSV (UTF-8) or XLSX."
    ),
    "too_many_columns": _(
        "The table has %(columns)s columns; at most %(most)s are read. Delete the columns that are "
        "not needed, those far to the right too."
    ),
    "too_many_rows": _("The table has more rows than can be read at once (%(most)s). Part it into several files."),
    "workbook_damaged": _("The spreadsheet is damaged or was not copied completely. Ask for a new copy."),
    "workbook_empty": _("The spreadsheet has no sheets with data."),
    "workbook_locked": _("The spreadsheet is protected by a password. Save a copy without it and import that."),
    "xml_cut_off": _(
        "The file ends in the middle (line %(line)s): it was not copied completely. Nothing was "
        "imported. Copy it again."
    ),
    "xml_damaged": _(
        "Line %(line)s is not correct XML. Nothing was imported. Ask whoever sent the file for a new one."
    ),
    "xml_encoding_unknown": _("The file names a character encoding that cannot be read. Ask for it in UTF-8."),
    "xml_has_entities": _(
        "Line %(line)s declares entities or a document type. Lists of people need neither, and both "
        "can be used to do harm, so nothing was read. Ask for a file without them."
    ),
    "xml_not_pfif": _("This is XML but not PFIF. Lists of people can be read as PFIF, CSV or XLSX."),
    "xml_too_deep": _("Line %(line)s nests deeper than any PFIF file does. Nothing was read."),
    "xml_wrong_encoding": _(
        "Near line %(line)s the letters are not in the encoding that the file names. Ask for it in UTF-8."
    ),
}

ROWS: Final[Sentences] = {
    "age_form": _("The age cannot be understood. Write it in years, or as a range such as 35-45."),
    "age_out_of_range": _("Nobody is older than %(years)s years. Correct the age or leave it empty."),
    "birth_in_future": _("The date of birth lies in the future. Correct it or leave it empty."),
    "birth_too_long_ago": _("The birth lies more than %(years)s years back. Correct it or leave it empty."),
    "century_guessed": _("The year has two digits; it was read as %(year)s. Check it."),
    "date_form": _("The date cannot be understood. Write it as day/month/year or year-month-day."),
    "date_impossible": _("There is no such day in the calendar. Correct it or leave it empty."),
    "death_not_accepted": _(
        "The note says that the person is believed dead. Such news is not taken from a file: it needs"
        " a source, a second person and a human voice. Give it to the tracing officer."
    ),
    "expired_without_id": _("The record has expired and has no id, so nothing of it may be kept."),
    "foreign_domain": _("The id does not belong to %(domain)s, the only source accepted for this file."),
    "id_missing": _("The record has no id, so a later file could not update it. Ask for a file with ids."),
    "id_twice": _(
        "The same id stands at line %(first_line)s already. If the column is not each person's own "
        "number, change the mapping."
    ),
    "moment_form": _("The date and time must be written as 2019-02-23T14:05:00Z."),
    "moment_impossible": _("There is no such day or hour."),
    "no_name_or_description": _("There is neither a name nor a description, so nobody could be recognised."),
    "note_empty": _("The note says nothing."),
    "note_of_another_person": _("The note stands inside one person but names another. Ask the source which is right."),
    "note_of_rejected_person": _("The person of this note was rejected, so the note was left out too."),
    "note_outside_person": _("In this version of PFIF a note must stand inside its person. It was left out."),
    "note_person_unknown": _(
        "Nobody here is the person of this note. Bring in the list that holds the person first, then this one again."
    ),
    "note_without_person": _("The note does not say whom it is about."),
    "person_erased": _("This person was erased here. What was erased stays erased."),
    "request_erased": _("This request was erased here. What was erased stays erased."),
    "row_cut": _(
        "The row has %(cells)s cells under %(columns)s headers. Everything to the right of "
        "“%(column)s” may have moved and was left out. Check the row."
    ),
    "row_has_fewer_cells": _("The row has %(cells)s cells under %(columns)s headers. Check that none is missing."),
    "row_has_more_cells": _(
        "The row has %(cells)s cells under %(columns)s headers, so its values may stand in the wrong "
        "columns. Put quotation marks around texts that contain the separator."
    ),
    "row_twice": _("The row is the same as the one at line %(first_line)s; it was taken once."),
    "sex_not_understood": _("The sex cannot be understood; it was left empty."),
    "text_too_long": _("The text has more than %(most)s letters. Shorten it."),
}

REMARKS: Final[Sentences] = {
    "encoding_guessed": _(
        "The file does not say how its letters are encoded; it was read as %(encoding)s. Look at "
        "names with accents or ñ before you confirm."
    ),
}

FIELDS: Final[dict[Field, Promise]] = {
    Field.EXTERNAL_ID: _("Number in the other register"),
    Field.FULL_NAME: _("Full name"),
    Field.GIVEN_NAMES: _("Given names"),
    Field.SECOND_GIVEN_NAME: _("Second given name"),
    Field.SURNAMES: _("Surnames"),
    Field.SECOND_SURNAME: _("Second surname"),
    Field.OTHER_NAMES: _("Other names"),
    Field.CALL_NAME: _("Call-name"),
    Field.SEX: _("Sex"),
    Field.BIRTH: _("Date of birth"),
    Field.BIRTH_DAY: _("Day of birth"),
    Field.BIRTH_MONTH: _("Month of birth"),
    Field.BIRTH_YEAR: _("Year of birth"),
    Field.AGE: _("Age"),
    Field.AGE_ON: _("Day on which the age was true"),
    Field.ORIGIN: _("Place of origin"),
    Field.ORIGIN_MUNICIPALITY: _("Municipality of origin"),
    Field.ORIGIN_STATE: _("State or department of origin"),
    Field.ORIGIN_COUNTRY: _("Country of origin"),
    Field.MOTHER: _("Mother's name"),
    Field.FATHER: _("Father's name"),
    Field.NATIONALITY: _("Nationality"),
    Field.LANGUAGES: _("Languages"),
    Field.DOCUMENT: _("Number of the identity document"),
    Field.PHONE: _("Phone"),
    Field.DESCRIPTION: _("Description"),
    Field.AUTHOR_NAME: _("Who gave the record"),
    Field.AUTHOR_EMAIL: _("E-mail of who gave the record"),
    Field.AUTHOR_PHONE: _("Phone of who gave the record"),
    Field.SOURCE_NAME: _("Name of the other register"),
    Field.SOURCE_DATE: _("Date in the other register"),
    Field.EXPIRY_DATE: _("Date on which it expires"),
    Field.NOTE_ID: _("Note: number"),
    Field.NOTE_TEXT: _("Note: text"),
    Field.NOTE_STATUS: _("Note: status"),
    Field.NOTE_MADE_CONTACT: _("Note: contact was made"),
    Field.NOTE_LAST_PLACE: _("Note: last known place"),
    Field.NOTE_EMAIL_FOUND: _("Note: e-mail of the found person"),
    Field.NOTE_PHONE_FOUND: _("Note: phone of the found person"),
    Field.NOTE_LINKED_ID: _("Note: number of the same person elsewhere"),
}


def sentence(problem: RowProblem | FileProblem | FileNote) -> str:
    """The whole sentence in the user's language, with the line and column in front for a row."""
    if isinstance(problem, FileNote):
        return str(REMARKS[problem.code]) % problem.params
    if isinstance(problem, FileProblem):
        return str(FILES[problem.code]) % {"line": problem.line, **problem.params}
    return f"{_place(problem)}: {reason(problem)}"


def reason(problem: RowProblem) -> str:
    """The sentence about a row without its place, for tables that have a column for that."""
    return str(ROWS[problem.code]) % {"line": problem.line, "column": problem.column, **problem.params}


def _place(problem: RowProblem) -> str:
    if problem.column:
        return gettext("Line %(line)s, column “%(column)s”") % {
            "line": problem.line,
            "column": problem.column,
        }
    return gettext("Line %(line)s") % {"line": problem.line}
