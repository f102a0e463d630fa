"""A person's page: who, where tonight, household, and the tabs that this user may open."""

from typing import Any, Literal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts import queries as accounts
from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted
from posada.family import queries as family
from posada.ground import clock
from posada.people import queries as people
from posada.people import services
from posada.people.models import Person, Source
from posada.people.queries import doubles
from posada.records import urgency
from posada.shelter import queries as shelter
from posada.shelter.queries.onward import Lodging, lodging_of
from posada.ui.parts import Act as Press
from posada.ui.parts import Tab

Look = Literal["main", "plain", "quiet", "danger"]


def for_person(actor: Actor, person: Person) -> dict[str, Any]:
    """What the page shows. A user who may not read this person sees the masked card, and how to go on."""
    if not people.may(actor, Act.READ_IDENTITY, person):
        return _masked(actor, person)
    file = people.file_of(person, by=actor)
    lodging = lodging_of(person)
    return {
        "person": person,
        "identity": file.identity,
        "facts": people.facts_of(file.identity, file.contact, file.consents),
        "household": people.household_picture(actor, person),
        "knows_bed": _may_know_bed(actor, person),
        "bed": lodging.bed if _may_know_bed(actor, person) else None,
        "tabs": tabs_for(actor, person),
        "acts": _acts(actor, person, lodging),
        "is_listed": person.source == Source.LIST,
        "open_until": _open_until(actor, person),
        "family_frozen": family.is_frozen(person.pk, site=person.site_id),
    }


def _open_until(actor: Actor, person: Person) -> str:
    """Until when the file stands open by urgency; nothing for who reads it from day to day."""
    grant = granted(actor, Act.READ_IDENTITY, person.subject)
    reading = urgency.standing_open(actor, person.pk) if grant and grant.by_urgency else None
    return date_format(reading.ends_at.astimezone(clock.house_zone()), "H:i") if reading else ""


def _may_know_bed(actor: Actor, person: Person) -> bool:
    """Where somebody is now is what hurts most: for who gives beds, and for those who accompany the person."""
    return people.may(actor, Act.ASSIGN_BED, person) or people.may(actor, Act.READ_CONTACT, person)


def _masked(actor: Actor, person: Person) -> dict[str, Any]:
    card = services.look_at_card(actor, person)
    can_take_on = people.may(actor, Act.TAKE_ON, person) and person.source == Source.HOUSE
    may_break = people.may(actor, Act.BREAK_GLASS, person) and person.source == Source.HOUSE
    return {
        "person": person,
        "masked": card,
        "take_on_url": reverse("people:take_on", args=[person.number]) if can_take_on else "",
        "urgent_url": reverse("people:break_glass", args=[person.number]) if may_break else "",
        "has_caseworker": accounts.has_caseworker(person.pk),
        "family_frozen": family.is_frozen(person.pk, site=person.site_id),
        "acts": _acts(actor, person, lodging_of(person)),
    }


def tabs_for(actor: Actor, person: Person) -> list[Tab]:
    """The parts of the file that this user may open."""
    number = [person.number]
    parts = [
        (_("Who"), reverse("desk:person", args=number), Act.READ_IDENTITY),
        (_("Household"), reverse("people:household", args=number), Act.READ_IDENTITY),
        (_("Her or his people"), reverse("family:relatives", args=number), Act.READ_KIN),
        (_("Papers"), reverse("people:papers", args=number), Act.READ_PAPER),
        (_("History"), reverse("people:history", args=number), Act.READ_IDENTITY),
    ]
    if person.source == Source.LIST:
        parts = [parts[0], parts[-1]]
    return [
        Tab(label, url, current=place == 0)
        for place, (label, url, act) in enumerate(parts)
        if people.may(actor, act, person)
    ]


def _own_data(actor: Actor, person: Person) -> list[Press]:
    """What the person may ask about what is written of them; of somebody on a list, only that it goes."""
    number = [person.number]
    acts = []
    if person.source == Source.HOUSE and people.may(actor, Act.TAKE_CLAIM, person):
        acts.append(Press(_("A request about their data"), reverse("people:take_claim", args=number), look="quiet"))
    if people.may(actor, Act.ASK_ERASURE, person):
        acts.append(Press(_("Ask that it be erased"), reverse("people:erase", args=number), look="quiet"))
    return acts


def _with_a_page() -> list[tuple[Act, str, str, Look]]:
    """What may be done to one person on a page of its own: the act, its words, the page."""
    return [
        (Act.ADD_RELATIVE, _("First call home"), "family:first_call", "plain"),
        (Act.LEND_PHONE, _("Calls and phones"), "family:person_calls", "plain"),
        (Act.GIVE_FIRST_NIGHT, _("First night"), "shelter:first_night", "plain"),
        (Act.RECORD_CONSENT, _("Ask in private"), "people:consent", "plain"),
        (Act.WRITE_NEEDS, _("What they need"), "people:needs", "plain"),
        (Act.REFER, _("Refer somebody"), "shelter:refer", "plain"),
        (Act.OPEN_CASE, _("Asylum cases"), "asylum:person_cases", "plain"),
        (Act.SEE_CASE_STATUS, _("How their case stands"), "asylum:case_status", "quiet"),
        (Act.READ_NEEDS, _("Vouchers they had"), "shelter:vouchers_had", "quiet"),
        (Act.OBJECT, _("“I am not missing”"), "family:not_missing", "quiet"),
        (Act.CORRECT, _("Correct"), "people:correct", "plain"),
        (Act.REGISTER, _("Card"), "people:ticket", "plain"),
        (Act.NOTE_BIRTH, _("A birth in the house"), "people:birth", "quiet"),
        (Act.MOVE_ON, _("To another site"), "shelter:move_on", "quiet"),
        (Act.GIVE_NOTICE, _("A notice to leave"), "shelter:notice", "quiet"),
        (Act.CARE_CHILD, _("A child alone"), "shelter:child", "quiet"),
        (Act.READ_PROTECTION, _("Keep two persons apart"), "shelter:apart", "quiet"),
        (Act.READ_EMERGENCY, _("Emergency sheet"), "people:emergency", "quiet"),
        (Act.NOTE_DEATH, _("News that two must check"), "family:person_death", "quiet"),
        (Act.HAND_BACK, _("Hand back"), "people:hand_back", "quiet"),
        (Act.READ_FILE_TRAIL, _("Who saw the file"), "oversight:file_trail", "quiet"),
    ]


def _acts(actor: Actor, person: Person, lodging: Lodging) -> list[Press]:
    if person.source == Source.LIST:
        return [*_perhaps_the_same(actor, person), *_own_data(actor, person)]
    number = [person.number]
    acts = []
    if people.may(actor, Act.ASSIGN_BED, person) and lodging.bed is None:
        acts.append(Press(_("Assign bed"), reverse("shelter:assign", args=number), look="main"))
    acts += [
        Press(label, reverse(name, args=number), look=look)
        for act, label, name, look in _with_a_page()
        if people.may(actor, act, person)
    ]
    if actor.may(Act.SEE_OPTIONS):
        acts.append(Press(_("Which ways there are"), reverse("asylum:options_start"), look="quiet"))
    if people.may(actor, Act.ASSIGN_BED, person):
        acts += _lodging(person, lodging)
    if people.may(actor, Act.ASSIGN_BED, person) and shelter.has_exception(person):
        acts.append(Press(_("A bed by exception"), reverse("shelter:exception", args=number), look="quiet"))
    return [*acts, *_perhaps_the_same(actor, person), *_freeze(actor, person), *_own_data(actor, person)]


def _lodging(person: Person, lodging: Lodging) -> list[Press]:
    """To another bed, or out of the house; or, today alone, that it was a mistake. Which bed it is, their pages say."""
    leaving = reverse("shelter:leave", args=[person.number])
    if lodging.bed is not None:
        moving = reverse("shelter:move", args=[person.number])
        return [
            Press(_("Move to another bed"), moving, look="quiet"),
            Press(_("Left the house"), leaving, look="quiet"),
        ]
    if not lodging.left_today:
        return []
    return [Press(_("They left today: take it back"), leaving, look="quiet")]


def _perhaps_the_same(actor: Actor, person: Person) -> list[Press]:
    """Another number may be this person's: to both side by side for who decides it, else to the list of numbers."""
    pair = doubles.pair_of(actor, person)
    if pair is None:
        return []
    decides = doubles.may_decide(actor, pair.first, pair.second)
    url = reverse("people:pair", args=[pair.pk]) if decides else reverse("people:pairs")
    return [Press(_("Perhaps two files of one person"), url, look="quiet")]


def _freeze(actor: Actor, person: Person) -> list[Press]:
    """One press, by whoever is at the desk: nothing goes towards this family any more. It shows nothing."""
    if not people.may(actor, Act.FREEZE, person) or family.is_frozen(person.pk, site=person.site_id):
        return []
    return [Press(_("Freeze the family"), reverse("family:freeze", args=[person.number]), post=True, look="quiet")]
