"""The parts of a case as pages: what each is called, the form that writes it, and the lines by which it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posada.asylum.forms import items, whole
from posada.asylum.forms.parts import PartForm
from posada.asylum.rules import part_words
from posada.asylum.rules.casefile import Appeal, CaseFile, Decision, Interpreter, Meeting, Permit
from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.offers import Offer, Signed
from posada.ui.parts import Badge


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a list: a badge, what it is, the facts in one line, and words that were used."""

    key: str
    title: str
    line: str = ""
    words: str = ""
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class WholePart:
    """A part that is one page with one form."""

    name: str
    title: Any
    lede: Any
    form: type[PartForm]


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part that is a list: its title, what is said above it, the press that adds to it, what is said of none."""

    name: str
    title: Any
    lede: Any
    add: Any
    none: Any
    form: type[items.LineForm]
    shown: Callable[[CaseFile, Any], Shown]


def _join(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)


def _meeting(file: CaseFile, one: Meeting) -> Shown:
    label, look = part_words.WENT_WORDS[one.went]
    who = part_words.INTERPRETER_WORDS[one.interpreter] if one.interpreter is not Interpreter.NONE else ""
    through = _("Interpreter: %(who)s, %(language)s") % {"who": who, "language": one.language} if who else one.language
    day = date_format(one.on, "DATE_FORMAT")
    title = f"{part_words.MEETING_WORDS[one.kind]}, {day}"
    return Shown(str(one.id), title, _join(one.hour, one.place, through), one.said, Badge(str(label), look))  # type: ignore[arg-type]  # one of the looks


def _decision(file: CaseFile, one: Decision) -> Shown:
    on = _("of %(day)s") % {"day": told_in_words(one.on)} if one.on else _("its day is not known")
    told = told_in_words(one.notified_on)
    told = _("the person was told on %(day)s") % {"day": told} if told else _("not known when the person was told")
    return Shown(str(one.id), str(part_words.DECIDED_WORDS[one.what]), _join(on, told), one.words)


def _appeal(file: CaseFile, one: Appeal) -> Shown:
    against = next((held for held in file.decisions if held.id == one.against), None)
    name = _decision(file, against) if against else None
    line = _("Against: %(decision)s") % {"decision": _join(name.title, name.line)} if name else ""
    title = _("Appeal handed in: %(day)s") % {"day": told_in_words(one.filed_on)}
    answered = Badge(_("Answered"), "note") if one.answer else Badge(_("Not answered yet"), "wait")
    return Shown(str(one.id), title, line, "\n".join(filter(None, (one.words, one.answer))), answered)


def _permit(file: CaseFile, one: Permit) -> Shown:
    until = _("Good until %(day)s") % {"day": date_format(one.until, "DATE_FORMAT")} if one.until else ""
    before = next((held for held in file.permits if held.id == one.renews), None)
    renews = (
        _("Renews: %(name)s, %(day)s") % {"name": before.name, "day": told_in_words(before.issued_on)} if before else ""
    )
    issued = _("Issued: %(day)s") % {"day": told_in_words(one.issued_on)}
    return Shown(str(one.id), one.name, _join(issued, until or _("No last day is written down"), renews))


def _offer(file: CaseFile, one: Offer) -> Shown:
    label, look = part_words.EFFECT_WORDS[one.effect]
    on = told_in_words(one.on, about=one.about) or _("not known when")
    return Shown(str(one.id), one.by_whom, _join(on, one.source), one.words, Badge(str(label), look))  # type: ignore[arg-type]  # one of the looks


def _signed(file: CaseFile, one: Signed) -> Shown:
    label, look = part_words.COUNSEL_WORDS[one.counsel]
    state = _("Signed") if one.is_signed else _("Laid before them, not signed")
    through = _("Interpreter: %(who)s") % {"who": one.interpreter} if one.interpreter else ""
    line = _join(state, told_in_words(one.on) or _("not known when"), one.language, through)
    return Shown(str(one.id), one.of_whom, line, one.words, Badge(str(label), look))  # type: ignore[arg-type]  # one of the looks


WHOLE: Final = {
    one.name: one
    for one in (
        WholePart(
            "nationality",
            gettext_lazy("Nationality first"),
            gettext_lazy(
                "Somebody with a tie to this country may need no claim at all. Each answer is voluntary;"
                " “not asked” and “no” are never the same."
            ),
            whole.NationalityForm,
        ),
        WholePart(
            "dates",
            gettext_lazy("Entry and dates"),
            gettext_lazy("As precisely as they are known, never more: the deadlines are counted from here."),
            whole.DatesForm,
        ),
        WholePart(
            "documents",
            gettext_lazy("Papers for the claim"),
            gettext_lazy("Nothing that is missing stops anybody from asking."),
            whole.DocumentsForm,
        ),
        WholePart(
            "safety",
            gettext_lazy("What is done, and the State's steps"),
            gettext_lazy(
                "Only what is done, never why. What somebody was or did before is told, if they want, in their account"
                " and to their lawyer; nobody here asks, weighs or guesses."
            ),
            whole.SafetyForm,
        ),
    )
}

LISTS: Final = {
    one.name: one
    for one in (
        ListPart(
            "meetings",
            gettext_lazy("Interviews, hearings, appointments"),
            gettext_lazy("With the hour, the place, and the interpreter whom the person asks for."),
            gettext_lazy("Write down another"),
            gettext_lazy("None is written down."),
            items.MeetingForm,
            _meeting,
        ),
        ListPart(
            "decisions",
            gettext_lazy("Decisions"),
            gettext_lazy(
                "What an authority decided, and the day on which the person was told: an appeal's time runs from it."
            ),
            gettext_lazy("Write down a decision"),
            gettext_lazy("No decision is written down."),
            items.DecisionForm,
            _decision,
        ),
        ListPart(
            "appeals",
            gettext_lazy("Appeals"),
            gettext_lazy("A day that has passed does not close it: say the reasons for being late; legal aid helps."),
            gettext_lazy("Write down an appeal"),
            gettext_lazy("No appeal is written down."),
            items.AppealForm,
            _appeal,
        ),
        ListPart(
            "permits",
            gettext_lazy("Permits and renewals"),
            gettext_lazy("Until when each is good, and which it renews."),
            gettext_lazy("Write down a permit"),
            gettext_lazy("No permit is written down."),
            items.PermitForm,
            _permit,
        ),
        ListPart(
            "offers",
            gettext_lazy("Offers"),
            gettext_lazy(
                "What an authority, or who would be one, offered: who, in which words, when. Kept as what it is;"
                " it is no advice, and that it stands here does not make it law."
            ),
            gettext_lazy("Write down an offer"),
            gettext_lazy("No offer is written down."),
            items.OfferForm,
            _offer,
        ),
        ListPart(
            "signed",
            gettext_lazy("Signed papers"),
            gettext_lazy(
                "The exact words, because a paper signed for one thing can harm another. Before signing: a lawyer."
            ),
            gettext_lazy("Write down a paper"),
            gettext_lazy("No signed paper is written down."),
            items.SignedForm,
            _signed,
        ),
    )
}
