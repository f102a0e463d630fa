"""People go out as PFIF: who, why, and nothing dangerous unless it is named; and only when a second person agreed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.approvals import Kind, NotAllowed
from posada.accounts.approvals.queries import open_for, standing
from posada.accounts.http import asks_password, has_password, require_act
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor
from posada.interop import services
from posada.interop.forms import AgainForm, ExportForm
from posada.interop.views.files import NEVER_KEPT


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """The form says how many it will be, and asks a second person. What was asked is carried out on this page, too."""
    actor = require_act(request, Act.EXPORT)
    approval = open_for(actor, Kind.EXPORT, None)
    if approval is not None:
        return _carry_out(request, actor, approval)
    form = ExportForm(request.POST if request.method == "POST" else None, asks_password=asks_password(request))
    if request.method == "POST" and form.is_valid() and has_password(request, form):
        reason, include, why = form.question
        asked = services.ask_to_export(by=actor, reason=reason, include=include, why=why)
        return redirect("desk:approval", approval_id=asked.pk)
    context = {"form": form, "count": services.count_consenting(by=actor)}
    return render(request, "interop/export.html", context, status=422 if form.errors else 200)


def _carry_out(request: HttpRequest, actor: Actor, approval: Approval) -> HttpResponse:
    """The file, made once; no browser keeps it. Before that, how the question stands."""
    stands = standing(approval)
    form = AgainForm(request.POST if request.method == "POST" else None, asks_password=asks_password(request))
    if request.method == "POST" and form.is_valid() and has_password(request, form):
        try:
            made = services.export_agreed(by=actor, approval=approval)
        except NotAllowed as stands_in_the_way:
            messages.warning(request, str(stands_in_the_way))
            return redirect("desk:approval", approval_id=approval.pk)
        answer = HttpResponse(made.document, content_type="application/xml; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="posada.pfif.xml"'
        answer["Cache-Control"] = NEVER_KEPT
        return answer
    context = {"form": form, "approval": approval, "ready": stands.is_ready, "count": approval.count}
    return render(request, "interop/export_asked.html", context, status=422 if form.errors else 200)
