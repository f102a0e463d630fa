"""When it cannot wait: a file opened for an hour, and the emergency sheet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.models import UrgentReading
from posada.accounts.permissions import Actor, granted, require
from posada.ground import ids
from posada.people import queries, services
from posada.people.forms.emergency import EmergencyForm, SheetForm, UrgentForm
from posada.people.models import Person
from posada.people.rules.emergency import PREGNANT_WORDS, SHEET_LABELS, EmergencySheet, Pregnant, Told
from posada.people.views.calm import calmly, person_or_404
from posada.records.door import Reason
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.ui.parts import Fact


@require_http_methods(["GET", "POST"])
@calmly
def break_glass(request: HttpRequest, number: int) -> HttpResponse:
    """Open a file that is not one's own for an hour: what will happen and who is told, before anything opens."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.BREAK_GLASS, person.subject)
    services.require_here(person, Act.BREAK_GLASS)
    if queries.may(actor, Act.READ_IDENTITY, person):
        return redirect("desk:person", number=person.number)
    form = UrgentForm(request.POST or None, initial={"once": ids.new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            services.open_by_urgency(
                by=actor,
                person=person,
                why=UrgentReading.Why(form.cleaned_data["why"]),
                words=form.cleaned_data["words"],
                once=form.cleaned_data["once"],
            )
        except AlreadySent:  # an old page sent again, when the hour was over
            return redirect("people:break_glass", number=person.number)
        return redirect("desk:person", number=person.number)
    context = {"person": person, "form": form, "card": services.look_at_card(actor, person)}
    return render(request, "people/urgent.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@calmly
def emergency(request: HttpRequest, number: int) -> HttpResponse:
    """The emergency sheet. Whoever accompanies the person reads it; the duty person presses once and is told on."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_EMERGENCY, person.subject)
    services.require_here(person, Act.READ_EMERGENCY)
    context = {
        "person": person,
        "is_written": services.sheet_record(person) is not None,
        "may_write": queries.may(actor, Act.WRITE_EMERGENCY, person),
    }
    if not _is_on_duty(actor, person):
        return _shown(request, context, services.read_sheet(by=actor, person=person))
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = UrgentReading.Why(form.cleaned_data["why"])
        return _shown(request, context, services.read_in_emergency(by=actor, person=person, why=why))
    status = 422 if form.errors else 200
    return render(request, "people/emergency.html", {**context, "form": form}, status=status)


def _is_on_duty(actor: Actor, person: Person) -> bool:
    """Whether the sheet is not theirs to read from day to day: then reading it is an emergency."""
    return granted(actor, Act.READ_CONTACT, person.subject) is None


def _shown(request: HttpRequest, context: dict[str, object], sheet: EmergencySheet | None) -> HttpResponse:
    facts = []
    if sheet is not None and sheet.told is Told.TELLS:
        told = {name: getattr(sheet, name) for name in SHEET_LABELS if name != "pregnant"}
        told["pregnant"] = str(PREGNANT_WORDS[sheet.pregnant]) if sheet.pregnant is not Pregnant.NOT_SAID else ""
        # Nobody was asked whether they are pregnant: it stands there only if they said so.
        facts = [
            Fact(str(label), told[name]) for name, label in SHEET_LABELS.items() if name != "pregnant" or told[name]
        ]
    return render(request, "people/emergency_sheet.html", {**context, "sheet": sheet, "facts": facts})


@require_http_methods(["GET", "POST"])
@calmly
def emergency_write(request: HttpRequest, number: int) -> HttpResponse:
    """Write the sheet with the person: all of it is voluntary."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.WRITE_EMERGENCY, person.subject)
    services.require_here(person, Act.WRITE_EMERGENCY)
    if request.method != "POST":
        form = SheetForm(initial={**_initial(actor, person), "once": ids.new_id()})
        return render(request, "people/emergency_write.html", {"person": person, "form": form})
    form = SheetForm(request.POST)
    if not form.is_valid():
        return render(request, "people/emergency_write.html", {"person": person, "form": form}, status=422)
    try:
        services.write_sheet(
            by=actor,
            person=person,
            sheet=form.sheet(),
            expected=form.cleaned_data["version"],
            once=form.cleaned_data["once"],
        )
    except Stale:
        words = _("Somebody else changed this sheet meanwhile. Open it again: nothing of yours was saved yet.")
        form.add_error(None, words)
        return render(request, "people/emergency_write.html", {"person": person, "form": form}, status=409)
    except AlreadySent:
        pass
    messages.success(request, _("The emergency sheet is written. It is sealed like the rest of the file."))
    return redirect("desk:person", number=person.number)


def _initial(actor: Actor, person: Person) -> dict[str, object]:
    sheet, version = services.sheet_to_correct(by=actor, person=person)
    call_name = ""
    if sheet is None and queries.may(actor, Act.READ_IDENTITY, person):
        call_name = queries.identity_of(person, by=actor, reason=Reason.CORRECT).call_name
    return SheetForm.initial_of(sheet, version=version, call_name=call_name)
