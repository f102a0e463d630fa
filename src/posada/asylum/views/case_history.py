"""A case's versions: what was written anew and what no longer stands, when and by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.asylum.guides import reading
from posada.asylum.queries.cases import case_for, history_of
from posada.asylum.views.cases import numbers_of
from posada.asylum.views.file_lines import Lines, lines_of, title_of
from posada.ground import clock
from posada.people.views.calm import calmly
from posada.records.staff import name_of


@dataclass(frozen=True, slots=True)
class Changed:
    """One part that a version changed: what stands there anew, and what no longer."""

    title: str
    anew: tuple[str, ...]
    no_longer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One change of a case: when, by whom, and the parts that it changed."""

    when: str
    by: str
    parts: tuple[Changed, ...]


def _between(before: Lines, after: Lines) -> Iterator[Changed]:
    for part, lines in after.items():
        held = before[part]
        if lines != held:
            anew = tuple(one for one in lines if one not in held)
            yield Changed(title_of(part), anew, tuple(one for one in held if one not in lines))


@require_GET
@calmly
def case_history(request: HttpRequest, number: int) -> HttpResponse:
    """Every change, the newest first."""
    actor = require_act(request, Act.READ_LEGAL)
    case = case_for(actor, number)
    versions, guide = history_of(case, actor), reading.guide(case.country)
    numbers = numbers_of(*(one.content for one in versions))
    said = [lines_of(one.content, guide, numbers) for one in versions]
    found = []
    for (before, after), version in zip(pairwise(said), versions, strict=False):
        moment = version.replaced_at
        when = date_format(moment.astimezone(clock.house_zone()), "DATETIME_FORMAT") if moment else ""
        by = name_of(version.replaced_by) if version.replaced_by is not None else _("the house")
        found.append(Written(when, by, tuple(_between(before, after))))
    return render(request, "asylum/case_history.html", {"case": case, "changes": found[::-1]})
