"""Writing the parts of a case: pages with one form, and lists whose lines are added, changed and taken out."""

import uuid
from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.asylum.forms.parts import PartForm
from posada.asylum.guides.reading import guide as guide_of
from posada.asylum.models import Case
from posada.asylum.queries.cases import case_for, file_of
from posada.asylum.queries.parts import legal_aid, rules_beside
from posada.asylum.rules import part_words
from posada.asylum.rules.casefile import CaseFile
from posada.asylum.rules.clashes import Clash, Stood
from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.guide import Guide
from posada.asylum.services.parts import WrongOrder, change_part
from posada.asylum.views.parts_shown import LISTS, WHOLE, ListPart, WholePart
from posada.people.views.calm import calmly
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.ui.parts import Confirm


class Opened:
    """A case, its file and its guide, for one page; a stranger's case is a 404."""

    def __init__(self, actor: Actor, number: int) -> None:
        self.actor = actor
        self.case: Case = case_for(actor, number)
        self.file: CaseFile = file_of(self.case, actor)
        self.guide: Guide | None = guide_of(self.case.country)

    @property
    def options(self) -> dict[str, Any]:
        """What every form of a part is given."""
        return {"file": self.file, "guide": self.guide, "version": self.case.record.version}

    def context(self, name: str, **more: Any) -> dict[str, Any]:
        """What every page of a part shows."""
        beside = {"beside": rules_beside(self.guide, name), "aid": legal_aid(self.guide)}
        return {"case": self.case, "file": self.file, "guide": self.guide, "name": name, **beside, **more}


def saved(request: HttpRequest, opened: Opened, part: str, form: PartForm) -> bool:
    """Keep what a valid form says; false where it must be shown again, with what is wrong beside the field."""
    try:
        change_part(
            by=opened.actor,
            case=opened.case,
            part=part,
            alter=form.applied,
            seen=form.cleaned_data["version"],
            once=form.cleaned_data["once"],
        )
    except WrongOrder as wrong:
        _say_order(form, wrong)
        return False
    except Stale:
        words = _("The case was changed while this page was open. Look at it again; nothing of yours was kept.")
        messages.warning(request, words)
    except AlreadySent:
        pass
    else:
        messages.success(request, _("It is written down. What stood there before is kept in the case's history."))
    return True


def _say_order(form: PartForm, wrong: WrongOrder) -> None:
    for clash in wrong.found:
        later = form.field_at(clash.later.event, clash.later.where)
        form.add_error(later or form.field_at(clash.earlier.event, clash.earlier.where), order_in_words(clash))


def order_in_words(clash: Clash) -> str:
    """Which two dates, and what to do about them."""
    said = {"later": _stood(clash.later), "earlier": _stood(clash.earlier)}
    return (
        _(
            "%(later)s: that is before what it follows (%(earlier)s). One of the two dates is wrong: correct it. "
            "If one is not certain, write only its month or year, or say that it is about right. Nothing was changed."
        )
        % said
    )


def _stood(one: Stood) -> str:
    label = _("Good until") if one.event == "permit_until" else part_words.EVENT_WORDS[one.event]
    return f"{label}, {told_in_words(one.on, about=one.about)}"


def _list(name: str) -> ListPart:
    if name not in LISTS:
        raise Http404
    return LISTS[name]


def _whole(name: str) -> WholePart:
    if name not in WHOLE:
        raise Http404
    return WHOLE[name]


@require_http_methods(["GET", "POST"])
@calmly
def write_part(request: HttpRequest, number: int, part: str) -> HttpResponse:
    """A part that is one page: shown, and kept."""
    actor = require_act(request, Act.WRITE_CASE)
    opened, held = Opened(actor, number), _whole(part)
    form = held.form(request.POST or None, **opened.options, country=opened.case.country)
    if request.method == "POST" and form.is_valid() and saved(request, opened, part, form):
        return redirect("asylum:case", number=number)
    context = opened.context(part, part=held, form=form)
    return render(request, f"asylum/parts_of/{part}.html", context, status=422 if form.errors else 200)


@require_GET
@calmly
def list_part(request: HttpRequest, number: int, part: str) -> HttpResponse:
    """A part that is a list."""
    actor = require_act(request, Act.WRITE_CASE)
    opened, held = Opened(actor, number), _list(part)
    rows = [held.shown(opened.file, one) for one in getattr(opened.file, held.form.FIELD)]
    return render(request, "asylum/parts_of/list.html", opened.context(part, part=held, rows=rows))


@require_http_methods(["GET", "POST"])
@calmly
def add_line(request: HttpRequest, number: int, part: str) -> HttpResponse:
    """One more line of a list."""
    actor = require_act(request, Act.WRITE_CASE)
    return _line(request, Opened(actor, number), _list(part), None)


@require_http_methods(["GET", "POST"])
@calmly
def change_line(request: HttpRequest, number: int, part: str, line: uuid.UUID) -> HttpResponse:
    """One line of a list, corrected or completed."""
    actor = require_act(request, Act.WRITE_CASE)
    opened, held = Opened(actor, number), _list(part)
    return _line(request, opened, held, _found(opened, held, line))


def _found(opened: Opened, held: ListPart, line: uuid.UUID) -> Any:
    for one in getattr(opened.file, held.form.FIELD):
        if one.id == line:
            return one
    raise Http404


def _line(request: HttpRequest, opened: Opened, held: ListPart, item: Any) -> HttpResponse:
    form = held.form(request.POST or None, item=item, **opened.options)
    if request.method == "POST" and form.is_valid() and saved(request, opened, held.name, form):
        return redirect("asylum:part_list", number=opened.case.number, part=held.name)
    context = opened.context(held.name, part=held, form=form, item=item)
    return render(request, "asylum/parts_of/line.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@calmly
def remove_line(request: HttpRequest, number: int, part: str, line: uuid.UUID) -> HttpResponse:
    """A line that was written by mistake is taken out; it stays in the history."""
    actor = require_act(request, Act.WRITE_CASE)
    opened, held = Opened(actor, number), _list(part)
    item = _found(opened, held, line)
    back = reverse("asylum:part_list", kwargs={"number": number, "part": part})
    if part == "decisions" and any(one.against == line for one in opened.file.appeals):
        messages.warning(request, _("An appeal is written down against this decision. Take that out first."))
        return redirect(back)
    if request.method == "POST":
        change_part(by=actor, case=opened.case, part=part, alter=lambda file: _without(file, held, line))
        messages.success(request, _("It is taken out. It stays in the case's history."))
        return redirect(back)
    shown = held.shown(opened.file, item)
    confirm = Confirm(
        heading=_("Take this out?"),
        sentence=" · ".join(filter(None, (shown.title, shown.line))),
        act_label=_("Take it out"),
        cancel_url=back,
        consequences=(
            _("It no longer stands in the case, and no deadline is counted from it."),
            _("It stays, sealed, in the case's history."),
        ),
    )
    return render(request, "ui/confirm.html", {"confirm": confirm})


def _without(file: CaseFile, held: ListPart, line: uuid.UUID) -> CaseFile:
    field = held.form.FIELD
    left = tuple(one for one in getattr(file, field) if one.id != line)
    changed = msgspec.structs.replace(file, **{field: left})
    if field != "permits":
        return changed
    freed = tuple(msgspec.structs.replace(one, renews=None) if one.renews == line else one for one in changed.permits)
    return msgspec.structs.replace(changed, permits=freed)
