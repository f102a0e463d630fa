"""Another mapping, yes, or no."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.interop import jobs, services
from posada.interop.forms import MappingForm, OnceForm, WhyForm
from posada.interop.jobs import Report
from posada.interop.messages import sentence
from posada.interop.models import ImportFile
from posada.interop.services import FileRefused, NotWaiting
from posada.interop.views.calm import calmly, file_or_404
from posada.interop.views.shown import counts_of
from posada.records.once import AlreadySent

AT_ONCE = 300  # items; more than these are read again, or brought in, in a thread


def _key(request: HttpRequest) -> uuid.UUID | None:
    form = OnceForm(request.POST)
    return form.cleaned_data["once"] if form.is_valid() else None


@require_POST
@calmly
def mapping(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """Read the file again with what somebody says its columns mean."""
    actor = require_act(request, Act.IMPORT)
    file = file_or_404(actor, file_id)
    if not file.is_waiting:
        raise NotWaiting
    reading = services.preview(by=actor, file=file)
    if reading.facts is None or reading.facts.mapping is None:
        return redirect("interop:quarantine", file_id=file.pk)
    form = MappingForm(request.POST, facts=reading.facts)
    if not form.is_valid():
        context = {"file": file, "reading": reading, "mapping_form": form, "counts": counts_of(file)}
        return render(request, "interop/quarantine.html", context, status=422)
    held = services.start_changing(by=actor, file=file, once=form.cleaned_data["once"])
    return _read_again(request, actor, held, form)


def _read_again(request: HttpRequest, actor: Actor, file: ImportFile, form: MappingForm) -> HttpResponse:
    chosen = None if form.is_other_sheet else form.chosen

    def work(report: Report) -> None:
        services.read_again(
            by=actor,
            file=file,
            mapping=chosen,
            sheet=form.sheet,
            keep=chosen is not None and form.cleaned_data["keep"],
            on_progress=lambda reached: report(reached.bytes_read, reached.bytes_total),
        )

    if file.rows > AT_ONCE:
        jobs.start(file.pk, file.site_id, "read", work)
        return redirect("interop:progress", file_id=file.pk)
    try:
        work(lambda _done, _total: None)
        messages.success(request, _("The file was read again with these columns. Nobody is in the register yet."))
    except FileRefused as refused:
        messages.error(request, sentence(refused.problem))
    return redirect("interop:quarantine", file_id=file.pk)


@require_POST
@calmly
def ask_to_confirm(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """Ask a second person whether the file may come in; on to the page where that waits."""
    actor = require_act(request, Act.IMPORT)
    file = file_or_404(actor, file_id)
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    approval = services.ask_to_confirm(by=actor, file=file, why=why)
    return redirect("desk:approval", approval_id=approval.pk)


@require_POST
@calmly
def confirm(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """Bring in what the file holds: at once, or in a thread while a page tells how far it is."""
    actor = require_act(request, Act.IMPORT)
    file = file_or_404(actor, file_id)
    key = _key(request)

    def work(report: Report) -> None:
        with suppress(AlreadySent):
            services.confirm(by=actor, file=file, once=key, on_progress=report)

    if file.is_waiting and file.persons + file.notes + file.placeholders > AT_ONCE:
        services.check_agreed(by=actor, file=file)
        jobs.start(file.pk, file.site_id, "confirm", work)
        return redirect("interop:progress", file_id=file.pk)
    done = services.confirm(by=actor, file=file, once=key)
    messages.success(request, _words(done))
    return redirect("interop:quarantine", file_id=file.pk)


def _words(file: ImportFile) -> str:
    if not file.added:
        return _("Nobody new came in. Who was known from before was compared, and updated where something changed.")
    if file.of_requests:
        return ngettext("%(n)d request was opened.", "%(n)d requests were opened.", file.added) % {"n": file.added}
    return ngettext("%(n)d person came in.", "%(n)d people came in.", file.added) % {"n": file.added}


@require_POST
@calmly
def dismiss(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """Erase the file; nobody comes in."""
    actor = require_act(request, Act.IMPORT)
    file = file_or_404(actor, file_id)
    services.dismiss(by=actor, file=file, once=_key(request))
    messages.success(request, _("The file is erased. Nobody of it came in."))
    return redirect("interop:imports")
