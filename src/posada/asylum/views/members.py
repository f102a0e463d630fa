"""Who stands in a case, and the steps that were done, on screens."""

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
from posada.asylum.forms.members import MemberForm, StepForm
from posada.asylum.queries.members import MemberShown, members_shown
from posada.asylum.queries.parts import case_steps
from posada.asylum.rules import part_words
from posada.asylum.rules.casefile import CaseFile, CaseMember
from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.guide import Rule
from posada.asylum.services.parts import change_part
from posada.asylum.views.parts import Opened, saved
from posada.people import queries as people
from posada.people.views.calm import calmly, person_or_404
from posada.ui.parts import Confirm


def _members(opened: Opened) -> list[MemberShown]:
    return members_shown(opened.actor, opened.case, opened.file)


@require_GET
@calmly
def case_members(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody in a case, each with their part; and who of the household is in it not yet."""
    actor = require_act(request, Act.WRITE_CASE)
    opened = Opened(actor, number)
    rows = [{"shown": one, "part": part_words.PART_WORDS[one.member.part]} for one in _members(opened)]
    return render(
        request, "asylum/parts_of/members.html", opened.context("members", rows=rows, missing=_missing(opened))
    )


def _missing(opened: Opened) -> list[int]:
    """Numbers of the household that do not stand in it. A case that is kept from the household asks for none of it."""
    if opened.file.alone:
        return []
    household = people.members_of(opened.case.person.household)
    return [one.number for one in household if opened.file.member(one.pk) is None]


@require_http_methods(["GET", "POST"])
@calmly
def add_member(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody more."""
    actor = require_act(request, Act.WRITE_CASE)
    return _member(request, Opened(actor, number), None)


@require_http_methods(["GET", "POST"])
@calmly
def change_member(request: HttpRequest, number: int, person_number: int) -> HttpResponse:
    """Somebody's part, why, and whether they were told alone."""
    actor = require_act(request, Act.WRITE_CASE)
    person_or_404(actor, person_number)  # a number that is nobody's counts as a search
    opened = Opened(actor, number)
    return _member(request, opened, _found(opened, person_number))


def _found(opened: Opened, person_number: int) -> MemberShown:
    for one in _members(opened):
        if one.person.number == person_number:
            return one
    raise Http404


def _member(request: HttpRequest, opened: Opened, found: MemberShown | None) -> HttpResponse:
    held = {"actor": opened.actor, "main": opened.case.person_id}
    item = found.member if found else None
    form = MemberForm(request.POST or None, item=item, **opened.options, **held)
    if request.method == "POST" and form.is_valid() and saved(request, opened, "members", form):
        return redirect("asylum:members", number=opened.case.number)
    context = opened.context("members", form=form, found=found)
    return render(request, "asylum/parts_of/member.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@calmly
def remove_member(request: HttpRequest, number: int, person_number: int) -> HttpResponse:
    """Somebody no longer stands in the case. Whose case it is stays."""
    actor = require_act(request, Act.WRITE_CASE)
    person_or_404(actor, person_number)  # a number that is nobody's counts as a search
    opened = Opened(actor, number)
    found = _found(opened, person_number)
    back = reverse("asylum:members", kwargs={"number": number})
    if found.is_main:
        messages.info(request, _("It is their own case. Close the case instead, if they no longer want it."))
        return redirect(back)
    if request.method == "POST":
        change_part(by=actor, case=opened.case, part="members", alter=lambda file: _without(file, found.member))
        messages.success(request, _("They no longer stand in this case. It stays in the case's history."))
        return redirect(back)
    confirm = Confirm(
        heading=_("Take %(number)s out of this case?") % {"number": found.person.number},
        sentence=_("Their file, their bed and their own cases stay as they are."),
        act_label=_("Take them out"),
        cancel_url=back,
        consequences=(_("No paper of this case names them any more."), _("It stays, sealed, in the case's history.")),
    )
    return render(request, "ui/confirm.html", {"confirm": confirm})


def _without(file: CaseFile, member: CaseMember) -> CaseFile:
    return msgspec.structs.replace(file, members=tuple(one for one in file.members if one.person != member.person))


@require_GET
@calmly
def case_steps_page(request: HttpRequest, number: int) -> HttpResponse:
    """The steps of the guide, each done or not yet."""
    actor = require_act(request, Act.WRITE_CASE)
    opened = Opened(actor, number)
    done = {one.rule: one for one in opened.file.steps}
    rows: list[dict[str, Any]] = []
    for rule in case_steps(opened.guide):
        held = done.get(rule.id)
        rows.append({"rule": rule, "done": told_in_words(held.on) if held else ""})
    return render(request, "asylum/parts_of/steps.html", opened.context("steps", rows=rows))


def _rule(opened: Opened, rule_id: str) -> Rule:
    for rule in case_steps(opened.guide):
        if rule.id == rule_id:
            return rule
    raise Http404


@require_http_methods(["GET", "POST"])
@calmly
def note_step(request: HttpRequest, number: int, rule: str) -> HttpResponse:
    """On which day one of them was done; or that it was not."""
    actor = require_act(request, Act.WRITE_CASE)
    opened = Opened(actor, number)
    held = _rule(opened, rule)
    is_done = any(one.rule == rule for one in opened.file.steps)
    if request.method == "POST" and "undo" in request.POST:
        change_part(by=actor, case=opened.case, part="steps", alter=lambda file: _undone(file, rule))
        messages.success(request, _("It counts as not done."))
        return redirect("asylum:steps", number=number)
    form = StepForm(request.POST or None, rule=held, actor=actor, **opened.options)
    if request.method == "POST" and form.is_valid() and saved(request, opened, "steps", form):
        return redirect("asylum:steps", number=number)
    context = opened.context("steps", form=form, rule=held, is_done=is_done)
    return render(request, "asylum/parts_of/step.html", context, status=422 if form.errors else 200)


def _undone(file: CaseFile, rule: str) -> CaseFile:
    return msgspec.structs.replace(file, steps=tuple(one for one in file.steps if one.rule != rule))
