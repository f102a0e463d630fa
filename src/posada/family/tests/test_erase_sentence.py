"""One sentence of a relative's card, or of a tracing request, goes by a press: from now and from every version."""

from collections.abc import Callable

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import system_actor
from posada.family import services
from posada.family.forms import UpdateForm
from posada.family.models import (
    Channel,
    ContactKind,
    Enquirer,
    How,
    Relative,
    Separation,
    TracingRequest,
    WatchCard,
)
from posada.family.tests.people_here import SISTER, SOUGHT, entrust, make_card, make_person
from posada.people.models import Person
from posada.records import door
from posada.records.models import SealedRecord

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]
Browse = Callable[[Role], Client]
KEPT, GOES = "Cruzaron de noche.", "Los llevó el cabo Rojas."


@pytest.fixture
def resident(site: Site, staff: dict[Role, User]) -> Person:
    person = make_person(site)
    entrust(staff[Role.CASEWORKER], person.pk, site)
    return person


@pytest.fixture
def card(site: Site, resident: Person) -> WatchCard:
    """A card whose risk was written, then changed; and a call of which the same was noted."""
    by = system_actor(site.pk)
    made = make_card(site, resident, Relative(who="C. P.", risk=f"{KEPT} {GOES}", interval_hours=48))
    call = services.told(ContactKind.HEARD, Channel.VOICE, How.WELL, f"{GOES} Dice que bien.")
    services.record_contact(by=by, card=made, event=call)
    made.refresh_from_db()
    return made


@pytest.fixture
def request_made(site: Site, resident: Person) -> TracingRequest:
    parted = Separation(on="2019-02", circumstances=f"{KEPT} {GOES}")
    asking = msgspec.structs.replace(SISTER, note=f"{GOES} Llama tarde.")
    by = system_actor(site.pk)
    return services.open_request(by=by, sought=SOUGHT, enquirer=asking, separation=parted, resident=resident)


def _choose(client: Client, address: str, words: str) -> None:
    choices = client.get(address).context["form"].fields["sentence"].choices
    key = next(key for key, line in choices if words in line)
    assert client.post(address, {"sentence": key}).status_code == 302


def test_a_sentence_of_a_card_goes_from_every_version_and_from_its_calls(
    site: Site, card: WatchCard, browse: Browse
) -> None:
    client, page = browse(Role.CASEWORKER), reverse("family:card", args=[card.pk])
    address = reverse("family:erase_card_sentence", args=[card.pk])
    before = client.get(page).content.decode()
    assert GOES in before
    assert address in before, "the way to it stands on the card"
    _choose(client, address, GOES)
    after = client.get(page).content.decode()
    assert GOES not in after
    assert KEPT in after
    record = SealedRecord.objects.get(pk=card.record_id)
    said = [one.content for one in door.open_history(record, Relative, by=system_actor(site.pk))]
    assert [one.risk for one in said] == [KEPT] * len(said)
    assert len(said) > 1
    assert said[-1].history[-1].note == "Dice que bien."
    assert said[-1].interval_hours == 48


def test_what_was_noted_of_a_call_can_go_alone(card: WatchCard, browse: Browse) -> None:
    client, address = browse(Role.CASEWORKER), reverse("family:erase_card_sentence", args=[card.pk])
    _choose(client, address, "Dice que bien.")
    assert "Dice que bien." not in client.get(reverse("family:card", args=[card.pk])).content.decode()


def test_a_sentence_of_how_they_were_parted_goes_and_the_others_words_stay(
    site: Site, request_made: TracingRequest, browse: Browse
) -> None:
    client, page = browse(Role.CASEWORKER), reverse("family:request", args=[request_made.number])
    address = reverse("family:erase_request_sentence", args=[request_made.number])
    assert address in client.get(page).content.decode()
    _choose(client, address, f"{UpdateForm.base_fields['circumstances'].label}: {GOES}")
    after = client.get(page).content.decode()
    assert KEPT in after
    assert request_made.separation is not None
    parted = SealedRecord.objects.get(pk=request_made.separation.pk)
    by = system_actor(site.pk)
    assert door.open_history(parted, Separation, by=by)[-1].content.circumstances == KEPT
    asking = SealedRecord.objects.get(pk=request_made.enquirer_id)
    assert GOES in door.open_history(asking, Enquirer, by=by)[-1].content.note, "who asks has a key of their own"
    _choose(client, address, f"{UpdateForm.base_fields['note'].label}: {GOES}")
    asking.refresh_from_db()
    assert door.open_history(asking, Enquirer, by=by)[-1].content.note == "Llama tarde."


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.CASEWORKER])
def test_nobody_else_erases_a_sentence(
    role: Role, card: WatchCard, request_made: TracingRequest, browse: Browse
) -> None:
    client = browse(role)
    for name, argument in (("erase_card_sentence", card.pk), ("erase_request_sentence", request_made.number)):
        answer = client.get(reverse(f"family:{name}", args=[argument]))
        assert answer.status_code in {403, 404}
        assert GOES not in answer.content.decode()


def test_without_a_choice_nothing_goes(card: WatchCard, browse: Browse) -> None:
    client, address = browse(Role.CASEWORKER), reverse("family:erase_card_sentence", args=[card.pk])
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"sentence": "made-up"}).status_code == 422
    assert GOES in client.get(address).content.decode()
