"""A list comes in: send it, see how far its reading is, look at it, look at its report."""

import io
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.approvals import Kind
from posada.accounts.approvals.queries import open_for, standing
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import ids
from posada.interop import jobs, queries, services
from posada.interop.demonstration import SAMPLES
from posada.interop.forms import MappingForm, OnceForm, UploadForm, WhyForm, too_large
from posada.interop.jobs import Report
from posada.interop.messages import reason, sentence
from posada.interop.models import ImportFile
from posada.interop.services import FileRefused, Wanted
from posada.interop.sheets.write import write_csv
from posada.interop.uploads import was_too_large
from posada.interop.views.calm import calmly, file_or_404
from posada.interop.views.shown import counts_of, decision_of, notes_on, result_of
from posada.records import services as records

READ_AT_ONCE = 300_000  # bytes; a longer file is read in a thread while a page tells how far it is
PROBLEMS_SHOWN = 30
PROBLEMS_ON_A_PAGE = 1_000
NEVER_KEPT = "no-store, private"


@require_http_methods(["GET", "POST"])
@calmly
def imports(request: HttpRequest) -> HttpResponse:
    """The form, and what waits. A demonstration shows a press for each sample instead."""
    actor = require_act(request, Act.IMPORT)
    if request.method != "POST":
        records.note(actor, Act.IMPORT, None, reason="list")
        services.sweep(actor.site)
        return _list(request, actor, UploadForm(initial={"once": ids.new_id()}))
    if "sample" in request.POST:
        return _sample(request, actor)
    form = UploadForm(request.POST, request.FILES)
    if was_too_large(request):
        form.errors.pop("file", None)
        form.add_error("file", too_large())
    if not form.is_valid():
        return _list(request, actor, form, status=422)
    upload = form.upload
    name = (upload.name or "")[:200]
    wanted = Wanted(
        kind=form.cleaned_data["kind"],
        list_name=form.cleaned_data["list_name"] or name.rsplit(".", 1)[0][:80],
        file_name=name,
    )
    return _take(request, actor, upload.read(), wanted, form)


def _list(request: HttpRequest, actor: Actor, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "samples": list(SAMPLES.values()) if actor.demonstration else [],
        "once": ids.new_id(),
        "waiting": queries.waiting_files(actor),
        "closed": queries.closed_files(actor),
    }
    return render(request, "interop/imports.html", context, status=status)


def _sample(request: HttpRequest, actor: Actor) -> HttpResponse:
    sample = SAMPLES.get(request.POST["sample"])
    if sample is None or not actor.demonstration:
        raise Http404
    wanted = Wanted(list_name=sample.list_name, file_name=sample.file_name)
    return _take(request, actor, sample.content(), wanted, UploadForm(request.POST))


def _take(request: HttpRequest, actor: Actor, content: bytes, wanted: Wanted, form: UploadForm) -> HttpResponse:
    """Read at once what is short, the rest in a thread."""
    once = OnceForm(request.POST)
    key = once.cleaned_data["once"] if once.is_valid() else None
    try:
        file = services.begin(by=actor, content=content, wanted=wanted, once=key)
        if len(content) > READ_AT_ONCE:
            _read_later(file, actor, content, wanted)
            return redirect("interop:progress", file_id=file.pk)
        services.read_into(file=file, by=actor, content=content, wanted=wanted)
    except FileRefused as refused:
        form.is_valid()
        form.add_error("file", sentence(refused.problem))
        return _list(request, actor, form, status=422)
    return redirect("interop:quarantine", file_id=file.pk)


def _read_later(file: ImportFile, actor: Actor, content: bytes, wanted: Wanted) -> None:
    def work(report: Report) -> None:
        services.read_into(
            file=file,
            by=actor,
            content=content,
            wanted=wanted,
            on_progress=lambda reached: report(reached.bytes_read, reached.bytes_total),
        )

    jobs.start(file.pk, file.site_id, "read", work)


@require_GET
@calmly
def quarantine(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """What a file holds, by counts and initials, and the decision; afterwards what came of it."""
    actor = require_act(request, Act.IMPORT)
    file = file_or_404(actor, file_id)
    job = jobs.job_of(file.pk, actor.site)
    if job is not None and not job.is_over:
        return redirect("interop:progress", file_id=file.pk)
    context: dict[str, Any] = {"file": file}
    if file.is_waiting:
        context |= _waiting(actor, file)
    else:
        context |= {"result": result_of(file)}
    if file.state != ImportFile.State.READING:
        context["problems"] = [(row, reason(row)) for row in queries.problems_of(file, most=PROBLEMS_SHOWN)]
    return render(request, "interop/quarantine.html", context)


def _waiting(actor: Actor, file: ImportFile) -> dict[str, Any]:
    reading = services.preview(by=actor, file=file)
    has_columns = reading.facts is not None and reading.facts.mapping is not None
    asked = open_for(actor, Kind.IMPORT, file.pk)
    return {
        "asked": asked,
        "ready": asked is not None and standing(asked).is_ready,
        "why_form": WhyForm(),
        "reading": reading,
        "counts": counts_of(file),
        "decision": decision_of(file),
        "notes": notes_on(file, reading),
        "refusal": sentence(reading.problem) if reading.problem else "",
        "once": ids.new_id(),
        "mapping_form": MappingForm(facts=reading.facts, initial={"once": ids.new_id()})
        if has_columns and reading.facts
        else None,
    }


@require_GET
@calmly
def progress(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """How far the work on a file is; when it is over, on to what came of it."""
    actor = require_act(request, Act.IMPORT)
    job = jobs.job_of(file_id, actor.site)
    file = queries.file_by_id(actor, file_id)
    if job is None or job.went_well:
        if file is None:
            raise Http404
        jobs.forget(file_id)
        return _go(request, reverse("interop:quarantine", args=[file_id]))
    context = {
        "job": job,
        "file": file,
        "file_id": file_id,
        "refusal": sentence(job.problem) if job.problem else "",
    }
    if job.is_over and request.headers.get("HX-Request"):
        return _go(request, reverse("interop:progress", args=[file_id]))
    template = "interop/_progress.html" if request.headers.get("HX-Request") else "interop/progress.html"
    return render(request, template, context)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return redirect(address)


@require_GET
@calmly
def report(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """Every rejected row and warning: line, column and reason, never what a cell holds. As a page, or as CSV."""
    actor = require_act(request, Act.IMPORT)
    file = file_or_404(actor, file_id)
    records.note(actor, Act.IMPORT, None, reason="report")
    if request.GET.get("as") == "csv":
        return _report_csv(file)
    rows = [(row, reason(row)) for row in queries.problems_of(file, most=PROBLEMS_ON_A_PAGE)]
    context = {"file": file, "problems": rows, "more": file.rejected + file.warnings > PROBLEMS_ON_A_PAGE}
    return render(request, "interop/report.html", context)


def _report_csv(file: ImportFile) -> HttpResponse:
    out = io.BytesIO()
    words = {"rejected": _("left out"), "warning": _("to check")}
    write_csv(
        (_("Line"), _("Column"), _("What happened"), _("Why")),
        ((str(row.line), row.column, words[row.severity], reason(row)) for row in queries.problems_of(file)),
        out,
    )
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="report.csv"'
    answer["Cache-Control"] = NEVER_KEPT
    return answer
