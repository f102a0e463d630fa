"""What the house handed to the authority, on screens: tags, one form, a receipt to print. No person stands here."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.records import services as records
from posada.records import staff
from posada.records.once import AlreadySent
from posada.shelter.forms.handing_in import OBJECT_WORDS, HandInForm
from posada.shelter.models import HandedIn, HandedInWords, ObjectKind
from posada.shelter.services import handing_in as services
from posada.shelter.services.handing_in import BagTaken, NotPresent


@require_GET
def bags(request: HttpRequest) -> HttpResponse:
    """The last bags by tag: numbers, and nothing opened."""
    actor = require_act(request, Act.HAND_IN_ARMS)
    records.note(actor, Act.HAND_IN_ARMS, None, reason="list")
    return render(request, "shelter/handed_in.html", {"rows": services.bags(actor)})


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """One bag that went to the authority."""
    actor = require_act(request, Act.HAND_IN_ARMS)
    form = HandInForm(services.colleagues(actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = _write(request, actor, form)
        if row is not None:
            return row
    return render(request, "shelter/hand_in.html", {"form": form})


def _write(request: HttpRequest, actor: Actor, form: HandInForm) -> HttpResponse | None:
    said = form.cleaned_data
    words = HandedInWords(
        kind=ObjectKind(said["kind"]),
        on=said["on"],
        authority=said["authority"],
        receipt=said["receipt"],
        present=(actor.user or 0, said["second"]),
    )
    try:
        row = services.hand_in(by=actor, tag=said["tag"], words=words, once=said["once"])
    except AlreadySent:
        return redirect("shelter:handed_in")
    except BagTaken:
        form.add_error("tag", _("A bag with this tag was handed over before. Look at the tag again."))
    except NotPresent:
        form.add_error("second", _("Choose a colleague who works here and was present: there are always two."))
    else:
        messages.success(request, _("Bag %(tag)d is written down.") % {"tag": row.tag})
        return redirect("shelter:hand_in_receipt", row_id=row.pk)
    return None


@require_GET
def receipt(request: HttpRequest, row_id: uuid.UUID) -> HttpResponse:
    """The receipt of one bag, to print and to sign."""
    actor = require_act(request, Act.HAND_IN_ARMS)
    row = HandedIn.objects.visible_to(actor).select_related("words").filter(pk=row_id).first()
    if row is None:
        raise Http404
    words = services.read(by=actor, row=row)
    context = {
        "row": row,
        "words": words,
        "what": OBJECT_WORDS[words.kind],
        "present": [staff.name_of(user) for user in words.present],
    }
    return render(request, "shelter/hand_in_receipt.html", context)
