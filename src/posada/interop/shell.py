"""Lists in and out at the shell: the words of `posada import` and `posada export`, and their exit codes."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click
from django.db import DatabaseError
from django.utils.translation import gettext as _
from msgspec import structs
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from posada.accounts import queries as accounts
from posada.accounts.permissions import system_actor
from posada.ground import clock
from posada.interop import services
from posada.interop.items import FileFacts, FileNote, FileProblem, Finished, Progress, ReadRequest, RowProblem
from posada.interop.jobs import Report
from posada.interop.messages import sentence
from posada.interop.models import ImportFile
from posada.interop.queries import problems_of
from posada.interop.safe_reading import read_safely
from posada.interop.services import FileRefused, Wanted
from posada.interop.sheets.fields import Field
from posada.interop.sheets.mapping import Mapping, column_letters, with_headers_of
from posada.interop.vocabulary import Danger, ReasonToExport

FINE, SOME_LEFT_OUT, UNUSABLE = 0, 1, 2
_OWNER_ONLY: Final = 0o600


class BadColumn(Exception):
    """What was said about a column cannot be used; its text is a sentence."""


def check_file(*, path: Path, maps: Sequence[str], sheet: str, domain: str) -> int:
    """Only read, and say what was found. Needs no site and no keys."""
    try:
        content = services.content_of(path)
        request = ReadRequest(now=_now(), mapping=_mapping(content, maps, sheet), sheet=sheet, own_domain=domain)
        last: Finished | FileProblem = FileProblem(code="reader_failed")
        with _bar(_("Reading")) as report:
            for item in read_safely(content, request, on_progress=_bytes_to(report)):
                if isinstance(item, RowProblem | FileNote):
                    click.echo(sentence(item))
                elif isinstance(item, Finished | FileProblem):
                    last = item
    except (FileRefused, BadColumn) as stopped:
        return _unusable(stopped)
    if isinstance(last, FileProblem):
        return _unusable(FileRefused(last))
    _say_counts(last.persons, last.notes, last.placeholders, last.rejected)
    click.echo(_("Nothing was brought in: this was only a look."))
    return SOME_LEFT_OUT if last.rejected else FINE


def bring_in(
    *, path: Path, kind: str, maps: Sequence[str], sheet: str, save_mapping: bool, list_name: str, domain: str
) -> int:
    """Read a file and bring in what it holds: all of it, or nothing."""
    by = system_actor(accounts.the_site().pk)
    wanted = Wanted(
        kind=kind,
        list_name=list_name or path.stem[:80],
        file_name=path.name,
        keep_source=False,
        sheet=sheet,
        own_domain=domain,
    )
    try:
        content = services.content_of(path)
        wanted = replace(wanted, mapping=_mapping(content, maps, sheet))
        with _bar(_("Reading")) as report:
            file = services.quarantine(by=by, source=content, wanted=wanted, on_progress=_bytes_to(report))
        _say_counts(file.persons, file.notes, file.placeholders, file.rejected)
        with _bar(_("Bringing in")) as report:
            file = services.confirm(by=by, file=file, on_progress=report)
        if save_mapping and wanted.mapping is not None:
            services.save_mapping(by=by, mapping=wanted.mapping)
    except (FileRefused, BadColumn) as stopped:
        return _unusable(stopped)
    except DatabaseError:
        click.echo(
            _("The databases are busy or the disk is full. Nothing was brought in; run the command again."), err=True
        )
        return UNUSABLE
    return _say_result(file)


def _say_result(file: ImportFile) -> int:
    for problem in problems_of(file):
        click.echo(sentence(problem))
    click.echo(
        _("New: %(added)d. Updated: %(updated)d. Unchanged: %(unchanged)d. Emptied: %(emptied)d. Notes: %(notes)d.")
        % {
            "added": file.added,
            "updated": file.updated,
            "unchanged": file.unchanged,
            "emptied": file.emptied,
            "notes": file.notes_taken,
        }
    )
    if not file.rejected:
        return FINE
    click.echo(_("Rows left out: %(rejected)d. The lines above say why.") % {"rejected": file.rejected})
    return SOME_LEFT_OUT


def _say_counts(persons: int, notes: int, placeholders: int, rejected: int) -> None:
    click.echo(
        _("In the file: persons %(persons)d, notes %(notes)d, expired %(expired)d; rows left out %(rejected)d.")
        % {"persons": persons, "notes": notes, "expired": placeholders, "rejected": rejected}
    )


def _unusable(stopped: FileRefused | BadColumn) -> int:
    click.echo(sentence(stopped.problem) if isinstance(stopped, FileRefused) else str(stopped), err=True)
    return UNUSABLE


def _mapping(content: bytes, maps: Sequence[str], sheet: str) -> Mapping | None:
    """The guessed mapping with what `--map column=field` says; none where nothing is said."""
    if not maps:
        return None
    for item in read_safely(content, ReadRequest(now=_now(), sheet=sheet, preview=True)):
        if isinstance(item, FileFacts) and item.mapping is not None:
            return _with(_headed(item, item.mapping, maps), maps)
        if isinstance(item, FileProblem):
            raise FileRefused(item)
    raise BadColumn(_("This file has no columns, so --map has no meaning for it."))


def _headed(facts: FileFacts, mapping: Mapping, maps: Sequence[str]) -> Mapping:
    """Where no header is known: if the words before the sign stand in the first row, that row holds the headers."""
    if mapping.header_row or not facts.samples:
        return mapping
    named = {said.rpartition("=")[0].casefold() for said in maps}
    if named & {cell.casefold() for cell in facts.samples[0]}:
        return with_headers_of(structs.replace(mapping, header_row=1), facts.samples)
    return mapping


def _with(mapping: Mapping, maps: Sequence[str]) -> Mapping:
    for said in maps:
        name, sign, word = said.rpartition("=")
        if not sign or (word and word not in set(Field)):
            known = ", ".join(field.value for field in Field)
            raise BadColumn(
                _("%(said)s is not column=field. The fields are: %(known)s.") % {"said": said, "known": known}
            )
        mapping = mapping.with_column(_column(mapping, name), Field(word) if word else None)
    return mapping


def _column(mapping: Mapping, name: str) -> int:
    for use in mapping.columns:
        if name.casefold() in {use.header.casefold(), column_letters(use.column).casefold()}:
            return use.column
    headers = ", ".join(use.header or column_letters(use.column) for use in mapping.columns)
    raise BadColumn(
        _("There is no column %(name)s. The columns are: %(headers)s.") % {"name": name, "headers": headers}
    )


def write_out(*, path: Path, include: Sequence[str], reason: str) -> int:
    """Write everybody who agreed to a new file that only its owner may read."""
    by = system_actor(accounts.the_site().pk)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        click.echo(_("%(path)s is there already and was not touched. Name another file.") % {"path": path}, err=True)
        return UNUSABLE
    except OSError:
        click.echo(_("%(path)s cannot be written there. Name another folder.") % {"path": path}, err=True)
        return UNUSABLE
    try:
        with os.fdopen(opened, "wb") as out:
            named = frozenset(Danger(word) for word in include)
            made = services.export_pfif(by=by, reason=ReasonToExport(reason), include=named)
            out.write(made.document)
    except OSError:
        path.unlink(missing_ok=True)
        click.echo(_("The disk is full or cannot be written. Nothing was written out."), err=True)
        return UNUSABLE
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    click.echo(
        _("Persons written: %(persons)d. The file is not encrypted: hand it over and erase it.")
        % {"persons": made.persons}
    )
    return FINE


def _now() -> str:
    return clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")


class _Bytes:
    """Passes the reader's progress on as bytes of bytes."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def __call__(self, reached: Progress) -> None:
        self._report(reached.bytes_read, reached.bytes_total)


def _bytes_to(report: Report) -> _Bytes:
    return _Bytes(report)


@contextlib.contextmanager
def _bar(words: str) -> Iterator[Report]:
    """A bar while something takes long; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bar(*columns, transient=True) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
