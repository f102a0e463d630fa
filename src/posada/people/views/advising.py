"""The advice beside a form of registration, on the screen or typed in from paper: it never stops anybody."""

from typing import Any

from django.http import HttpRequest

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.people import matching, services
from posada.people.forms import RegisterForm
from posada.people.views.cards import badge_of
from posada.records.quotas import QuotaReached

LOOK = "look"
MOST_DISMISSED = 20


def asks_for_advice(request: HttpRequest) -> bool:
    """Whether this press asks who may be here already, and nothing else."""
    return request.POST.get("act") == LOOK or bool({"not_same", "perhaps_same"} & set(request.POST))


def advice_on(request: HttpRequest, actor: Actor, form: RegisterForm) -> dict[str, Any]:
    """Who may already be here, as far as the form could be read; for `people/_advice.html`."""
    dismissed = _dismissed(request)
    once = form.cleaned_data.get("once")
    if not actor.may(Act.SEARCH) or once is None:
        return {"advice_url": request.path}
    said = {"advice_url": request.path, "dismissed": dismissed, "perhaps": perhaps_same(request)}
    try:
        hits = services.look_whether_here(by=actor, typed=form.typed_identity(), form=once, without=dismissed)
    except QuotaReached:
        return {"advice_rests": True, **said}
    cards = [{"hit": hit, "badge": badge_of(hit.percent)} for hit in hits]
    enough = matching.is_enough_for_advice(form.typed_identity())
    return {**said, "cards": cards, "was_enough": enough}


def _dismissed(request: HttpRequest) -> list[int]:
    """The numbers that were said to be somebody else, on this form."""
    return _numbers(request, "dismissed", "not_same")


def perhaps_same(request: HttpRequest) -> list[int]:
    """The numbers that were said to be perhaps the same, on this form."""
    return _numbers(request, "perhaps", "perhaps_same")


def _numbers(request: HttpRequest, *names: str) -> list[int]:
    sent = [text for name in names for text in request.POST.getlist(name)]
    return list(dict.fromkeys(int(text) for text in sent if text.isdecimal() and len(text) < 11))[-MOST_DISMISSED:]
