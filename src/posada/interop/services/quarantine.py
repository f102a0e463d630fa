"""A file comes into quarantine: read in the child process, sealed, and nothing enters the register."""

import uuid
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.interop.contents import Items, Problems, Reading
from posada.interop.demonstration import is_sample
from posada.interop.items import FileFacts, FileProblem, ReadRequest
from posada.interop.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from posada.interop.models import ImportFile
from posada.interop.safe_reading import OnProgress, read_safely
from posada.interop.services import sealing
from posada.interop.services.gathering import FileRefused, Gatherer
from posada.interop.services.mappings import any_saved, save_mapping, saved_mapping
from posada.interop.sheets.mapping import Mapping
from posada.records import once as sent

State = ImportFile.State


class NotWaiting(Exception):
    """Somebody decided on this file meanwhile, or it is being read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How a file is to be read, and under which name the list is known. Names are sealed, not stored in clear."""

    kind: str = ImportFile.Kind.PEOPLE
    list_name: str = ""
    file_name: str = ""
    mapping: Mapping | None = None
    sheet: str = ""
    own_domain: str = ""
    keep_source: bool = True
    limits: Limits = DEFAULT_LIMITS


def quarantine(*, by: Actor, source: bytes | Path, wanted: Wanted, on_progress: OnProgress | None = None) -> ImportFile:
    """Read a file into quarantine. Raises `FileRefused`, and then nothing of it is kept."""
    content = content_of(source, wanted.limits)
    file = begin(by=by, content=content, wanted=wanted)
    read_into(file=file, by=by, content=content, wanted=wanted, on_progress=on_progress)
    return file


def content_of(source: bytes | Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file, once its size is known to be allowed. Raises `FileRefused`."""
    if isinstance(source, bytes):
        return source
    try:
        size = source.stat().st_size if source.is_file() else -1
        if size < 0:
            raise FileRefused(FileProblem(code="file_unreadable"))
        if size > limits.file_bytes:
            sizes: dict[str, str | int] = {"megabytes": size // MEGABYTE, "most": limits.file_bytes // MEGABYTE}
            raise FileRefused(FileProblem(code="file_too_large", params=sizes))
        return source.read_bytes()
    except OSError as error:
        raise FileRefused(FileProblem(code="file_unreadable")) from error


def begin(*, by: Actor, content: bytes, wanted: Wanted, once: uuid.UUID | None = None) -> ImportFile:
    """The row of a file that is about to be read. A demonstration refuses all but its samples, before opening them.

    `AlreadySent` carries the file's id if the form was sent before.
    """
    role = require(by, Act.IMPORT)
    site = Site.objects.get(pk=by.site)
    if site.demonstration and not is_sample(content):
        _refused(by, role, "sample_only")
        raise FileRefused(FileProblem(code="sample_only"))
    file_id = ids.new_id()
    with transaction.atomic():
        sent.claim(once, file_id)
        return ImportFile.objects.create(
            id=file_id,
            site_id=by.site,
            kind=wanted.kind,
            by=by.user,
            created_on=clock.today(),
            report_subject=ids.new_id(),
        )


def read_into(
    *, file: ImportFile, by: Actor, content: bytes, wanted: Wanted, on_progress: OnProgress | None = None
) -> None:
    """Read the file into its row. Raises `FileRefused`, and then the row is gone as well."""
    try:
        reading = _read(file, by, content, wanted, on_progress)
        if wanted.keep_source and reading.mapping is not None:
            sealing.keep_source(file, content, by=by)
    except BaseException as error:
        with transaction.atomic():
            sealing.erase_all(file)
            file.delete()
        if isinstance(error, FileRefused):
            _refused(by, require(by, Act.IMPORT), error.problem.code)
        raise
    _open_for_decision(file, by, "quarantine")


def _refused(by: Actor, role: str, reason: str) -> None:
    audit.write(
        audit.Event(act=Act.IMPORT, actor=by.user, role=role, site=by.site, reason=reason, result=audit.Result.REFUSED)
    )


def _open_for_decision(file: ImportFile, by: Actor, reason: str) -> None:
    role = require(by, Act.IMPORT)
    with transaction.atomic():
        file.state = State.WAITING
        file.save()
        audit.write(
            audit.Event(
                act=Act.IMPORT, actor=by.user, role=role, site=by.site, reason=reason, count=file.persons + file.notes
            )
        )


def preview(*, by: Actor, file: ImportFile) -> Reading:
    """How a waiting file was read, for somebody who has to decide: counts, columns, and persons by their initials."""
    role = require(by, Act.IMPORT)
    audit.write(audit.Event(act=Act.IMPORT, actor=by.user, role=role, site=by.site, reason="preview"))
    return sealing.reading_of(file)


def start_changing(*, by: Actor, file: ImportFile, once: uuid.UUID | None = None) -> ImportFile:
    """Take a waiting file back into reading; `NotWaiting` if somebody was quicker."""
    require(by, Act.IMPORT)
    with transaction.atomic():
        sent.claim(once, file.pk)
        held = ImportFile.objects.select_for_update().get(pk=file.pk)
        if held.state != State.WAITING:
            raise NotWaiting
        held.state = State.READING
        held.save(update_fields=["state"])
    return held


def read_again(
    *,
    by: Actor,
    file: ImportFile,
    mapping: Mapping | None,
    sheet: str = "",
    keep: bool = False,
    on_progress: OnProgress | None = None,
) -> None:
    """Read a file that `start_changing` took back, with other columns. Whatever happens, it waits again afterwards.

    With `keep` the next file with the same headers is read in the same way.
    """
    before = sealing.reading_of(file)
    wanted = Wanted(
        kind=file.kind,
        list_name=before.list_name,
        file_name=before.file_name,
        own_domain=before.own_domain,
        mapping=mapping,
        sheet=sheet,
    )
    last = sealing.last_place(file)
    try:
        content = sealing.source_of(file)
        reading = _read(file, by, content, wanted, on_progress)
    except BaseException:
        with transaction.atomic():
            sealing.drop(file, Items, Reading, Problems, after=last)
            ImportFile.objects.filter(pk=file.pk, state=State.READING).update(state=State.WAITING)
        raise
    with transaction.atomic():
        sealing.drop(file, Items, Reading, Problems, up_to=last)
        if keep and reading.mapping is not None and reading.problem is None:
            save_mapping(by=by, mapping=reading.mapping)
    _open_for_decision(file, by, "mapping")


def _read(file: ImportFile, by: Actor, content: bytes, wanted: Wanted, on_progress: OnProgress | None) -> Reading:
    request = ReadRequest(
        now=clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        mapping=wanted.mapping,
        sheet=wanted.sheet,
        own_domain=wanted.own_domain,
    )
    if wanted.mapping is None and any_saved(by.site):
        request = msgspec.structs.replace(request, mapping=_known_form(by.site, content, request, wanted.limits))
    gatherer = Gatherer(file, by)
    for item in read_safely(content, request, limits=wanted.limits, on_progress=on_progress):
        gatherer.add(item)
    reading = gatherer.reading(
        file_name=wanted.file_name,
        list_name=wanted.list_name,
        own_domain=wanted.own_domain,
        may_be_mended=wanted.keep_source,
    )
    sealing.keep(file, reading, by=by)
    return reading


def _known_form(site: int, content: bytes, request: ReadRequest, limits: Limits) -> Mapping | None:
    preview = msgspec.structs.replace(request, preview=True)
    for item in read_safely(content, preview, limits=limits):
        if isinstance(item, FileFacts):
            return saved_mapping(site, item.mapping)
    return None
