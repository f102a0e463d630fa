"""What needs two persons, as its pages show it: what will happen, to how many, why, and how it stands.

Nothing here opens anybody's file: counts, fixed words, numbers, and the words of who asks.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from posada.accounts.acts import ROLE_LABELS, Role
from posada.accounts.approvals import Kind
from posada.accounts.approvals.queries import Standing, holds_role_of_second, standing
from posada.accounts.approvals.rules import BY_AGREEING, SECONDS
from posada.accounts.models import Approval, User
from posada.accounts.permissions import Actor
from posada.accounts.queries import demonstration_user
from posada.family.queries.agreeing import WithoutWords, without_words
from posada.family.queries.proposals import decided_by
from posada.family.queries.proposals import proposal as proposal_by_id
from posada.family.queries.releasing import ReleaseWithoutWords, release_without_words
from posada.family.rules.deaths import KNOWS_LABELS, Knows
from posada.interop.forms import DANGERS, REASONS
from posada.records.agreeing import words_of
from posada.records.models.erasing import What, Why
from posada.records.staff import name_of
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Fact

KIND_LABELS: Final[dict[Kind, Any]] = {
    Kind.IMPORT: gettext_lazy("Bring a list in"),
    Kind.EXPORT: gettext_lazy("Write a list out"),
    Kind.SAME_PERSON: gettext_lazy("Decide that it is the same person"),
    Kind.STAFF: gettext_lazy("Change who works here, or what they may"),
    Kind.ERASURE: gettext_lazy("Erase for ever"),
    Kind.RELEASE: gettext_lazy("Tell what the found person decided"),
    Kind.DEATH_NEWS: gettext_lazy("Confirm news of a death"),
}
_CHANGES: Final[dict[str, Any]] = {
    "add": gettext_lazy("A new member of staff"),
    "roles": gettext_lazy("Other roles"),
    "slip": gettext_lazy("A new way to sign in"),
    "leave": gettext_lazy("An auditor taken away"),
}
_NEWS: Final[dict[str, Any]] = {
    "card": gettext_lazy("a relative of resident %(n)d"),
    "request": gettext_lazy("who is sought in request %(n)d"),
    "person": gettext_lazy("the person with number %(n)d"),
}
# In a demonstration: who is entered to agree, the first of these that is not the one who asked.
_CAST: Final = (Role.SITE_MANAGER, Role.CASEWORKER)


@dataclass(frozen=True, slots=True)
class Shown:
    """An approval as its page shows it, to who asked (`mine`) or to who may be the second."""

    approval: Approval
    title: str
    facts: tuple[Fact, ...]
    consequences: tuple[str, ...]
    stands: Standing
    mine: bool
    may_agree: bool
    state: Badge
    sentence: str
    without_words: WithoutWords | None = None
    to_release: ReleaseWithoutWords | None = None
    look: Press | None = None
    go_on: Press | None = None
    enter: tuple[Press, ...] = field(default_factory=tuple)


def title_of(approval: Approval) -> str:
    """What is asked, in a line."""
    kind, n = Kind(approval.kind), approval.count
    if kind is Kind.IMPORT and approval.terms == "requests":
        return ngettext("Open %(n)d request of a list", "Open %(n)d requests of a list", n) % {"n": n}
    if kind is Kind.IMPORT:
        return ngettext("Bring in %(n)d person of a list", "Bring in %(n)d people of a list", n) % {"n": n}
    if kind is Kind.EXPORT:
        return ngettext("Write %(n)d person out", "Write %(n)d people out", n) % {"n": n}
    if kind is Kind.SAME_PERSON:
        return _("Request %(number)d: decide that it is the same person") % {"number": approval.number or 0}
    if kind is Kind.DEATH_NEWS:
        return _("News that two must check")  # no list says a death: what it is stands on its own page
    if kind is Kind.RELEASE:
        return _("Request %(number)d: tell what the found person decided") % {"number": approval.number or 0}
    return str(KIND_LABELS[kind])


def facts_of(approval: Approval, *, by: Actor) -> tuple[Fact, ...]:
    """Who asks, when, and the fixed words of what exactly."""
    moment = date_format(localtime(approval.asked_at), "DATETIME_FORMAT")
    facts = [Fact(_("Asked by"), name_of(approval.asked_by_id), moment)]
    first, _sign, rest = approval.terms.partition(":")
    words = [word for word in rest.split("+") if word]
    kind = Kind(approval.kind)
    if kind is Kind.EXPORT:
        named = [str(dict(DANGERS)[word]) for word in words]
        facts.append(Fact(_("For what"), str(dict(REASONS)[first])))
        facts.append(Fact(_("Goes out"), " ".join([_("Names, sex, and a number that means nothing here."), *named])))
    elif kind is Kind.STAFF:
        facts.append(Fact(_("What changes"), str(_CHANGES.get(first, first))))
        facts.append(Fact(_("Whose"), _name_of_subject(approval)))
        facts.append(Fact(_("Roles"), ", ".join(str(ROLE_LABELS[Role(word)]) for word in words) or _("none")))
    elif kind is Kind.ERASURE:
        facts.append(Fact(_("What"), f"{What(first).label} {approval.number or ''}".strip()))
        facts.append(Fact(_("For what"), str(Why(rest).label)))
    elif kind is Kind.DEATH_NEWS:
        facts.append(Fact(_("What"), _("News of a death: %(whom)s") % {"whom": _NEWS[first] % {"n": approval.number}}))
        facts.append(Fact(_("On what it rests"), str(KNOWS_LABELS[Knows(rest)])))
    why = words_of(approval, by=by).why
    if why:
        facts.append(Fact(_("In the words of who asks"), why))
    return tuple(facts)


def _name_of_subject(approval: Approval) -> str:
    return name_of(_user_of(approval))


def _user_of(approval: Approval) -> int | None:
    if approval.subject is None:
        return None
    return User.objects.filter(subject=approval.subject).values_list("pk", flat=True).first()


def consequences_of(approval: Approval) -> tuple[str, ...]:
    """What happens when it is carried out."""
    return {
        Kind.IMPORT: (
            _("They come into the register as names on a list: no bed, no card. Nobody is told anything."),
            _("They are compared with the open searches. What is proposed, a person decides."),
        ),
        Kind.EXPORT: (
            _("A file leaves the house, not encrypted, in the hands of who asks. It cannot be called back."),
            _("Only those who said yes to it are in it, as of today."),
        ),
        Kind.SAME_PERSON: (
            _("The person who is here may then be asked, in private, what they want."),
            _("Nobody is told anything by it, and it does not say where anybody is."),
        ),
        Kind.STAFF: (_("From the next press on they may do what their roles say, and no more."),),
        Kind.ERASURE: (_("The keys are deleted. Nobody can bring it back, also not from this computer."),),
        Kind.RELEASE: (
            _("A person from here tells the one who asks what the found person allowed, and nothing else."),
            _("What was once told cannot be called back."),
        ),
        Kind.DEATH_NEWS: (
            _("A person tells the family, face to face or by voice. The program tells nobody."),
            _("No card, search or answer changes before it was told."),
        ),
    }[Kind(approval.kind)]


def sentence_of(approval: Approval, stands: Standing) -> str:
    """How it stands, and what may happen next."""
    if not approval.is_open:
        return _("It was carried out.") if approval.state == Approval.State.USED else _("It was stopped.")
    if stands.agreed:
        by = {"who": name_of(approval.agreed_by_id)}
        return _("%(who)s agreed to it by a code.") % by if approval.elsewhere else _("%(who)s agreed to it.") % by
    if stands.alone:
        return _("This house has a single keeper: it is done by one person, and marked as such in the audit.")
    if stands.left is None:
        return _("It waits for a second person. Without one it is not done.")
    if stands.is_ready:
        return _("Nobody agreed and nobody stopped it for 24 hours: it may be carried out.") + _doubt(stands)
    return _("It waits for a second person. If nobody does, it may be carried out in %(left)s.") % {
        "left": hours(stands.left)
    } + _doubt(stands)


def _doubt(stands: Standing) -> str:
    if not stands.in_doubt:
        return ""
    return " " + _("The clock of this computer was changed meanwhile; that is written down.")


def hours(left: timedelta) -> str:
    """A wait in whole hours, never 0."""
    n = max(1, -(-int(left.total_seconds()) // 3600))
    return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}


def badge_of(approval: Approval, stands: Standing) -> Badge:
    """How it stands, in a word."""
    if approval.state == Approval.State.USED:
        return Badge(_("done"), "good")
    if approval.state == Approval.State.STOPPED:
        return Badge(_("stopped"), "neutral")
    return Badge(_("may be done"), "good") if stands.is_ready else Badge(_("waits"), "wait")


def shown(approval: Approval, actor: Actor) -> Shown:
    """All that the page of an approval needs."""
    stands, mine = standing(approval), approval.asked_by_id == actor.user
    return Shown(
        approval=approval,
        title=title_of(approval),
        facts=facts_of(approval, by=actor),
        consequences=consequences_of(approval),
        stands=stands,
        mine=mine,
        may_agree=_may_agree(approval, actor, stands),
        state=badge_of(approval, stands),
        sentence=sentence_of(approval, stands),
        without_words=_without_words(approval, actor),
        to_release=_to_release(approval, actor),
        look=_look(approval, actor),
        go_on=_go_on(approval, stands) if mine else None,
        enter=_enter(approval, actor, stands),
    )


def _may_agree(approval: Approval, actor: Actor, stands: Standing) -> bool:
    here = actor.user is not None and holds_role_of_second(approval, actor.user)
    return approval.is_open and not stands.agreed and here


def _without_words(approval: Approval, actor: Actor) -> WithoutWords | None:
    if approval.kind != Kind.SAME_PERSON or approval.subject is None:
        return None
    found = proposal_by_id(actor, approval.subject)
    return without_words(found) if found else None


def _to_release(approval: Approval, actor: Actor) -> ReleaseWithoutWords | None:
    """Of a release: numbers and the choice, never what is told nor to whom."""
    if approval.kind != Kind.RELEASE or approval.subject is None or not approval.is_open:
        return None
    found = proposal_by_id(actor, approval.subject)
    return release_without_words(found) if found else None


def _look(approval: Approval, actor: Actor) -> Press | None:
    """A tracing officer compares for themselves before they agree."""
    if approval.kind != Kind.SAME_PERSON or approval.subject is None:
        return None
    if not decided_by(actor).filter(pk=approval.subject).exists():
        return None
    return Press(_("Compare for yourself"), reverse("family:proposal", args=[approval.subject]))


def _go_on(approval: Approval, stands: Standing) -> Press | None:
    """Where who asked carries it out, when they may."""
    if not approval.is_open or not stands.is_ready:
        return None
    kind = Kind(approval.kind)
    if kind in BY_AGREEING:
        label = _("Decide it now") if kind is Kind.SAME_PERSON else _("Put it among what is to be told")
        return Press(label, reverse("desk:carry_out", args=[approval.pk]), post=True, look="main")
    url = {
        Kind.IMPORT: lambda: reverse("interop:quarantine", args=[approval.subject]),
        Kind.EXPORT: lambda: reverse("interop:export"),
        Kind.STAFF: lambda: reverse("accounts:member", args=[_user_of(approval)]),
        Kind.ERASURE: lambda: reverse("people:erasure", args=[approval.subject]),
        Kind.DEATH_NEWS: lambda: reverse("family:news", args=[approval.subject]),
    }[kind]()
    return Press(_("Go and carry it out"), url, look="main")


def _enter(approval: Approval, actor: Actor, stands: Standing) -> tuple[Press, ...]:
    """In a demonstration, the other one is one press away."""
    if not actor.demonstration or not approval.is_open:
        return ()
    url = reverse("desk:enter_for", args=[approval.pk])
    if not stands.is_ready:
        role = next((role for role in _CAST if role not in actor.roles and role in SECONDS[Kind(approval.kind)]), None)
        if role is None or approval.asked_by_id != actor.user:
            return ()
        label = _("Enter as %(who)s to agree") % {"who": name_of_role(role)}
        return (Press(label, url, post=True, look="main", name="role", value=role.value),)
    if approval.asked_by_id == actor.user:
        return ()
    label = _("Enter as %(who)s to carry it out") % {"who": name_of(approval.asked_by_id)}
    return (Press(label, url, post=True, look="main", name="role", value=""),)


def name_of_role(role: Role) -> str:
    """In a demonstration, what the one with this role is called."""
    found = demonstration_user(role)
    return name_of(found.pk) if found else str(ROLE_LABELS[role])
