"""What every screen of this room does alike."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from posada.accounts.approvals import NotAllowed
from posada.accounts.permissions import Actor
from posada.interop import queries
from posada.interop.models import ImportFile
from posada.interop.services import NotWaiting
from posada.records.once import AlreadySent
from posada.vault.errors import Unreadable

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def file_or_404(actor: Actor, file_id: uuid.UUID) -> ImportFile:
    """The file, of the actor's own site; a 404 for anybody else's."""
    found = queries.file_by_id(actor, file_id)
    if found is None:
        raise Http404
    return found


def calmly(view: View[P]) -> View[P]:
    """A page sent twice goes where the first one went; what somebody else decided is said, and the list shown."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except AlreadySent as sent:
            if sent.result is not None and ImportFile.objects.filter(pk=sent.result).exists():
                return redirect("interop:quarantine", file_id=sent.result)
        except NotWaiting:
            messages.warning(request, _("This file is not waiting any longer: somebody decided on it, or it is read."))
        except NotAllowed as stands_in_the_way:
            messages.warning(request, str(stands_in_the_way))
        except DatabaseError:
            words = _("The databases are busy or the disk is full. Nothing was changed; try again in a minute.")
            messages.error(request, words)
        except Unreadable:
            messages.error(request, _("The keys of this file are gone, so nobody can read it. Send it again."))
        return redirect("interop:imports")

    return answer
