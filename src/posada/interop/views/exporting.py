"""People go out as PFIF: who, why, and nothing dangerous unless it is named."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.interop import services
from posada.interop.forms import ExportForm
from posada.interop.views.files import NEVER_KEPT
from posada.interop.vocabulary import ReasonToExport


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The form says how many it will be; the answer is a file that no browser keeps."""
    actor = require_act(request, Act.EXPORT)
    form = ExportForm(request.POST if request.method == "POST" else None, asks_password=not actor.demonstration)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data.get("password", "")
        if actor.demonstration or services.check_password(by=actor, password=typed):
            made = services.export_pfif(
                by=actor, reason=ReasonToExport(form.cleaned_data["reason"]), include=form.named
            )
            answer = HttpResponse(made.document, content_type="application/xml; charset=utf-8")
            answer["Content-Disposition"] = 'attachment; filename="posada.pfif.xml"'
            answer["Cache-Control"] = NEVER_KEPT
            return answer
        form.add_error(
            "password",
            _("This is not your password. Nothing went out. After five wrong tries, wait a quarter of an hour."),
        )
    context = {"form": form, "count": services.count_consenting(by=actor)}
    return render(request, "interop/export.html", context, status=422 if form.errors else 200)
