"""The house's backups: how old the last good one is, where it went, and one press that makes one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts import http
from posada.accounts.acts import Act
from posada.accounts.forms import AgainForm
from posada.records import safekeeping
from posada.ui.parts import HistoryLine
from posada.vault import site
from posada.vault.backup.diary import Entry
from posada.vault.errors import VaultError


@require_http_methods(["GET", "POST"])
def backup(request: HttpRequest) -> HttpResponse:
    actor = http.require_act(request, Act.BACK_UP)
    form = AgainForm(request.POST if request.method == "POST" else None, asks_password=http.asks_password(request))
    if request.method == "POST" and form.is_valid() and http.has_password(request, form):
        if not safekeeping.begin(by=actor):
            messages.info(request, _("No backup was started: one runs already, or no folder is set."))
        return redirect("desk:backup")
    chosen, book = site.current_settings(), safekeeping.book()
    page = {
        "form": form,
        "age": safekeeping.age_line(),
        "is_old": safekeeping.is_old(),
        "running": safekeeping.is_running(),
        "folder": chosen.backup_folder,
        "hours": chosen.backup_hours,
        "problem": _problem(),
        "warning": book.warning,
        "failed": book.tries[0].problem if book.tries and not book.tries[0].is_good else "",
        "lines": [_line(entry) for entry in book.tries],
    }
    return render(request, "desk/backup.html", page, status=422 if form.errors else 200)


def _problem() -> str:
    try:
        safekeeping.must_be_possible()
    except VaultError as error:
        return str(error)
    return ""


def _line(entry: Entry) -> HistoryLine:
    when = date_format(localtime(entry.at), "SHORT_DATETIME_FORMAT")
    if not entry.is_good:
        return HistoryLine(entry.problem, when)
    text = _("Whole, read back, and kept in %(folder)s under %(name)s.")
    return HistoryLine(text % {"folder": entry.folder, "name": entry.stem}, when)
