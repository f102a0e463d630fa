"""Everything towards a family stands still by one press; lifting it is slower than freezing."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Notice, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.desk.waiting import tasks_for
from posada.family import services
from posada.family.models import ContactKind, Freeze, Relative
from posada.family.queries import is_frozen, silences
from posada.family.queries.relatives import cards_of
from posada.family.rules.calling import Why
from posada.family.rules.silence import Watch
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock
from posada.people.models import Person
from posada.records.staff import name_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
MAY = [Role.DESK, Role.CASEWORKER, Role.TRACING_OFFICER, Role.SITE_MANAGER]


@pytest.fixture
def resident(site: Site, staff: dict[Role, User]) -> Person:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return person


@pytest.mark.parametrize("role", MAY)
def test_one_press_freezes_a_family_and_shows_nothing(site: Site, resident: Person, browse: Browse, role: Role) -> None:
    make_card(site, resident, Relative(who="Zenaida Quintero"))
    answer = browse(role).post(reverse("family:freeze", args=[resident.number]))
    assert answer.status_code == 302
    assert is_frozen(resident.pk, site=site.pk)
    assert AuditEntry.objects.filter(act=Act.FREEZE, result="done").exists()
    assert b"Zenaida" not in answer.content
    browse(role).post(reverse("family:freeze", args=[resident.number]))
    assert Freeze.objects.count() == 1  # pressed twice, frozen once


@pytest.mark.parametrize("role", [Role.LAWYER, Role.AUDITOR])
def test_who_has_no_part_in_it_is_refused(resident: Person, browse: Browse, role: Role) -> None:
    assert browse(role).post(reverse("family:freeze", args=[resident.number])).status_code == 403
    assert browse(role).post(reverse("family:freeze_house")).status_code == 403
    assert not Freeze.objects.exists()


def test_it_is_lifted_by_who_accompanies_because_the_resident_asked(
    site: Site, resident: Person, browse: Browse, actors: dict[Role, Actor]
) -> None:
    services.freeze(by=actors[Role.DESK], person=resident)
    for role in (Role.DESK, Role.TRACING_OFFICER, Role.SITE_MANAGER):
        assert browse(role).post(reverse("family:lift", args=[resident.number])).status_code == 403
        with pytest.raises(Refused):
            services.lift(by=actors[role], person=resident)
    assert is_frozen(resident.pk, site=site.pk)
    browse(Role.CASEWORKER).post(reverse("family:lift", args=[resident.number]))
    assert not is_frozen(resident.pk, site=site.pk)


def test_the_whole_house_says_to_how_many_and_only_the_manager_lifts_it(
    site: Site, resident: Person, browse: Browse
) -> None:
    other = make_person(site)
    for person in (resident, resident, other):
        make_card(site, person)
    page = browse(Role.DESK).get(reverse("family:freezing")).content.decode()
    assert "2 familias" in page
    assert "3 familiares" in page
    browse(Role.DESK).post(reverse("family:freeze_house"))
    assert is_frozen(resident.pk, site=site.pk)
    assert is_frozen(other.pk, site=site.pk)
    for role in (Role.DESK, Role.CASEWORKER, Role.TRACING_OFFICER):
        assert browse(role).post(reverse("family:lift_house")).status_code == 403
    browse(Role.CASEWORKER).post(reverse("family:lift", args=[resident.number]))
    assert is_frozen(resident.pk, site=site.pk)  # one family is not let out of a frozen house
    browse(Role.SITE_MANAGER).post(reverse("family:lift_house"))
    assert not is_frozen(resident.pk, site=site.pk)


def test_another_house_is_not_frozen_with_this_one(site: Site, resident: Person, actors: dict[Role, Actor]) -> None:
    services.freeze_house(by=system_actor(site.pk))
    assert is_frozen(resident.pk, site=site.pk)
    assert not is_frozen(resident.pk, site=site.pk + 1)


def test_facts_are_still_noted_and_a_stop_still_stops(site: Site, resident: Person, actors: dict[Role, Actor]) -> None:
    by, card = actors[Role.CASEWORKER], make_card(site, resident)
    services.freeze(by=by, person=resident)
    services.entrust_cards(resident)
    for kind in (ContactKind.HEARD, ContactKind.WORRYING):
        card.refresh_from_db()
        services.record_contact(by=by, card=card, event=services.told(kind))
    seen = cards_of(by, resident, clock.now())[0]
    assert seen.content.history[0].against is Why.FROZEN  # a fact, marked
    assert seen.reach.why is Why.FROZEN
    card.refresh_from_db()
    assert services.stop(by=by, card=card).state == Watch.STOPPED


def test_a_frozen_family_is_said_to_be_so_on_its_pages_and_on_today(
    site: Site, resident: Person, browse: Browse, actors: dict[Role, Actor]
) -> None:
    by = actors[Role.CASEWORKER]
    heard = clock.now() - timedelta(days=3)
    card = make_card(site, resident, Relative(who="C.", interval_hours=12, last_heard_at=heard))
    pages = [
        reverse("family:relatives", args=[resident.number]),
        reverse("family:card", args=[card.pk]),
        reverse("family:add_relative", args=[resident.number]),
        reverse("desk:person", args=[resident.number]),
        reverse("family:watch"),
    ]
    client = browse(Role.CASEWORKER)
    assert not any("congelad" in client.get(page).content.decode() for page in pages)  # the control
    services.freeze(by=by, person=resident)
    for page in pages:
        assert "congelad" in client.get(page).content.decode(), page
    row = silences(by, clock.now())[0]
    assert row.is_past  # the silence still rises
    assert not row.call_now
    with translation.override("en"):
        assert "frozen" in tasks_for(by)[0].line


def test_everybody_sees_on_today_that_the_house_is_frozen(site: Site, actors: dict[Role, Actor]) -> None:
    with translation.override("en"):
        assert not any("frozen" in task.title for role in MAY for task in tasks_for(actors[role]))
        services.freeze_house(by=actors[Role.DESK])
        for role in MAY:
            assert any("frozen" in task.title for task in tasks_for(actors[role])), role


def _alarms(user: User) -> list[int]:
    return list(Notice.objects.filter(user=user, kind=Notice.Kind.FROZEN).values_list("count", flat=True))


def test_who_freezes_the_whole_house_is_told_at_once(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor], browse: Browse
) -> None:
    services.freeze_house(by=actors[Role.DESK])
    assert _alarms(staff[Role.DESK]) == [1]
    name = name_of(staff[Role.DESK].pk)
    assert name in browse(Role.SITE_MANAGER).get(reverse("desk:alarms")).content.decode()


def test_who_freezes_family_after_family_is_told(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    people = [make_person(site) for _ in range(settings.ALARMS["hidden"])]
    for person in people[1:]:
        services.freeze(by=actors[Role.DESK], person=person)
    assert _alarms(staff[Role.DESK]) == []
    services.freeze(by=actors[Role.DESK], person=people[0])
    assert _alarms(staff[Role.DESK]) == [len(people)]


def test_the_desk_cannot_try_out_who_was_frozen_before(site: Site, browse: Browse, resident: Person) -> None:
    """Two presses, one for a family frozen already: the same words, and no count that tells them apart."""
    services.freeze(by=system_actor(site.pk), person=resident)
    client, said = browse(Role.DESK), []
    for person in (resident, make_person(site)):
        answer = client.post(reverse("family:freezing"), {"number": person.number}, follow=True).content.decode()
        plain = re.sub(r'(csrfmiddlewaretoken" value|x-csrftoken": )[^>]*', "", answer)
        said.append(plain.replace(str(person.number), "N"))
    assert said[0] == said[1]


def test_who_opens_nobodys_file_freezes_a_family_by_its_number(site: Site, resident: Person, browse: Browse) -> None:
    client, address = browse(Role.SITE_MANAGER), reverse("family:freezing")
    for wrong in ("", "12345", "abc"):
        page = client.post(address, {"number": wrong}).content.decode()
        assert "summary" in page
    assert client.post(address, {"number": make_person(cast.make_site(code="otra")).number}).status_code == 404
    assert not Freeze.objects.exists()
    client.post(address, {"number": str(resident.number)})
    assert is_frozen(resident.pk, site=site.pk)
