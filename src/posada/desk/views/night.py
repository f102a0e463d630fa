"""Night mode: one volunteer, five large acts, one key each."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.records import services as records


@dataclass(frozen=True, slots=True)
class NightAct:
    """One act of the night: its key, who may, where it is, its icon and its name."""

    key: str
    act: Act
    name: str
    icon: str
    label: Any


ACTS: tuple[NightAct, ...] = (
    NightAct("1", Act.OPEN_DOOR, "shelter:door", "speech", _("Somebody at the door")),
    NightAct("2", Act.ASSIGN_BED, "shelter:waiting", "house", _("A bed")),
    NightAct("3", Act.SEARCH, "people:find", "warning", _("Somebody is ill: find their sheet")),
    NightAct("4", Act.PRINT_EVACUATION, "shelter:evacuation", "print", _("Everybody out: the list")),
    NightAct("5", Act.FREEZE, "family:freezing", "lock", _("A family in danger: freeze")),
)


@require_GET
def night(request: HttpRequest) -> HttpResponse:
    """Five doors and nothing else."""
    actor = require_act(request, Act.OPEN_DOOR)
    records.note(actor, Act.OPEN_DOOR, None, reason="night_page")
    return render(request, "desk/night.html", {"acts": [one for one in ACTS if actor.may(one.act)]})
