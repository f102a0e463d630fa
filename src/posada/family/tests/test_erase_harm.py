"""Erasing a resident, or a card, takes harm, referrals, press, false calls and news of a death with it."""

import pytest

from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.family.models import (
    Appearance,
    CallerNote,
    DeathNews,
    DeathWords,
    FalseCall,
    HarmEvent,
    HarmNote,
    Medium,
    Press,
    Referral,
    WatchCard,
)
from posada.family.queries.callers import log_of
from posada.family.queries.harm import harm_rows, referrals_to
from posada.family.rules.deaths import Knows
from posada.family.rules.harm import Harm, Part, Yes
from posada.family.services import callers, deaths, harm, press, referrals
from posada.family.tests.people_here import make_card, make_person, make_request
from posada.ground import ids
from posada.people.models import Person
from posada.records import erasing
from posada.records.models import KeyDue, SealedRecord, What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WORDS = DeathWords(source="la vecina", knows=Knows.HEARD)


@pytest.fixture
def card(site: Site) -> WatchCard:
    """A relative with all of it, and the resident's press file."""
    by, person = system_actor(site.pk), make_person(site)
    made = make_card(site, person)
    noted = harm.note_harm(by=by, card=made, content=HarmEvent(harm=Harm.RAIDED, place="Ureña"))
    referrals.refer(by=by, harm=noted, yes=Yes(parts=frozenset({Part.WHERE}), body="Comisión"))
    callers.note_caller(by=by, content=FalseCall(on="2019-02-20", words="Preguntó por Carmen"), card=made)
    deaths.note_death(by=by, about=made, content=WORDS)
    deaths.note_death(by=by, about=person, content=WORDS)
    press.note_appearance(by=by, resident=person, said=Appearance(id=ids.new_id(), on="2019", medium=Medium.WEB))
    return made


def _erase(site: Site, what: What, card: WatchCard) -> None:
    by = system_actor(site.pk)
    subject = card.resident.subject if what is What.PERSON else card.subject
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=subject, what=what, why=Why.ASKED))


@pytest.mark.parametrize("what", [What.PERSON, What.RELATIVE])
def test_nothing_of_it_is_left(site: Site, card: WatchCard, what: What) -> None:
    wanted = {card.pk, Referral.objects.get().pk, CallerNote.objects.get().pk}
    if what is What.PERSON:
        wanted.add(card.resident_id)
    assert SealedRecord.objects.filter(subject__in=wanted).count() >= 5, "the control"
    _erase(site, what, card)
    assert not SealedRecord.objects.filter(subject__in=wanted).exists()
    assert not any(model.objects.exists() for model in (HarmNote, Referral, CallerNote))
    assert not DeathNews.objects.filter(card__isnull=False).exists()
    assert Press.objects.exists() == DeathNews.objects.exists() == (what is What.RELATIVE), "the resident's own stay"
    assert wanted <= set(KeyDue.objects.values_list("subject", flat=True))


def test_hidden_it_stands_on_no_list(site: Site, card: WatchCard) -> None:
    by = system_actor(site.pk)
    erasing.hide(by=by, subject=card.subject, what=What.RELATIVE, why=Why.DANGER)
    assert harm_rows(by, card) == []
    assert referrals_to(by) == []
    assert log_of(by) == []
    assert list(DeathNews.objects.visible_to(by).values_list("card", flat=True)) == [None]


def test_an_erased_request_takes_its_news_along(site: Site) -> None:
    by, request = system_actor(site.pk), make_request(site)
    deaths.note_death(by=by, about=request, content=WORDS)
    hidden = erasing.hide(by=by, subject=request.sought_subject, what=What.REQUEST, why=Why.ASKED)
    erasing.erase(by=by, erasure=hidden)
    assert not DeathNews.objects.exists()
    assert not Person.objects.exists()
