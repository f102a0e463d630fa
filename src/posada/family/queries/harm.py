"""What was noted of relatives, what was referred to whom, and why a resident's cards carry a raised risk."""

import uuid
from dataclasses import dataclass

from posada.accounts.acts import Act, Role
from posada.accounts.models import Membership
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import (
    Appearance,
    HarmNote,
    Press,
    PressFile,
    Referral,
    ReferralConsent,
    WatchCard,
)
from posada.family.models.harm import ReferralQuerySet
from posada.family.rules.harm import Stands
from posada.people.models import Person
from posada.records.door import Reason, open_record, open_records
from posada.records.staff import name_of


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """A referral with the consent on which it rests."""

    row: Referral
    consent: ReferralConsent


def harm_by_id(actor: Actor, pk: uuid.UUID) -> HarmNote | None:
    """One event of the actor's site."""
    rows = HarmNote.objects.visible_to(actor).select_related("record", "card__record", "card__resident")
    return rows.filter(pk=pk).first()


def harm_rows(actor: Actor, card: WatchCard) -> list[HarmNote]:
    """That something was noted of one relative, and on which days, the newest first; nothing is opened."""
    return list(HarmNote.objects.visible_to(actor).filter(card=card).order_by("-noted_on", "pk"))


def _referrals(actor: Actor) -> ReferralQuerySet:
    return Referral.objects.visible_to(actor).select_related(
        "harm__card__resident", "harm__record", "consent", "told", "to"
    )


def referral_by_id(actor: Actor, pk: uuid.UUID) -> Referral | None:
    """One referral of the actor's site."""
    return _referrals(actor).filter(pk=pk).first()


def referrals_of(actor: Actor, harm: HarmNote) -> list[OpenReferral]:
    """The referrals of an event with their consents, the newest first; for who reads the relative's card."""
    rows = list(_referrals(actor).filter(harm=harm).order_by("-asked_on", "-number"))
    contents = open_records([row.consent for row in rows], ReferralConsent, by=actor, reason=Reason.VIEW)
    return [OpenReferral(row, one.content) for row, one in zip(rows, contents, strict=True)]


def referrals_to(actor: Actor) -> list[Referral]:
    """What is referred to this lawyer, or by this caseworker: numbers and days, no words. Nobody else's leave a trace.

    What was withdrawn is gone for the lawyer at once.
    """
    rows = _referrals(actor).order_by("asked_on", "number")
    if actor.user is None:
        return list(rows)
    mine = rows.none()
    if Role.LAWYER in actor.roles:
        mine = rows.filter(to=actor.user, pk__in=assigned_subjects(actor)).exclude(state=Stands.WITHDRAWN.value)
    if Role.CASEWORKER in actor.roles:
        mine = mine | rows.filter(harm__card__resident_id__in=assigned_subjects(actor))
    return list(mine.distinct())


def lawyers_here(actor: Actor) -> list[tuple[int, str]]:
    """The lawyers of the house: id and name."""
    rows = Membership.objects.filter(site_id=actor.site, role=Role.LAWYER.value, user__is_active=True)
    found = ((pk, name_of(pk)) for pk in rows.values_list("user_id", flat=True))
    return sorted(found, key=lambda one: one[1].casefold())


def press_of(actor: Actor, resident: Person) -> PressFile:
    """A resident's press file; an empty one where nothing was written."""
    held = Press.objects.filter(resident=resident, site_id=actor.site).select_related("record").first()
    return open_record(held.record, PressFile, by=actor, reason=Reason.VIEW) if held else PressFile()


def raising(actor: Actor, resident: Person) -> tuple[Appearance, ...]:
    """What of the press raises the risk of all this resident's relatives now. Nothing is opened where nothing does."""
    if not Press.objects.filter(resident=resident, raised=True).exists():
        return ()
    return press_of(actor, resident).raising


def act_for(row: Referral, actor: Actor) -> bool:
    """Whether this user is the one who answers: the lawyer themselves, or for a body outside whoever refers."""
    return actor.may(Act.ANSWER_REFERRAL) and (row.to_id is None or row.to_id == actor.user or actor.user is None)
