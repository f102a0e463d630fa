"""False callers: a log that residents are warned from, without anybody's name; known again, and wiped in time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Notice, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.family.models import CallerNote, FalseCall, SaidToBe, Wanted
from posada.family.queries.callers import KEPT, earlier_calls, hidden_phone, log_of, normal_phone, warnings_of
from posada.family.services.callers import note_caller, sweep, take_out
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock
from posada.records.models import SealedRecord
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]

PHONE = "+573001112233"
CALL = FalseCall(
    on="2019-02-20",
    phone=PHONE,
    name="Licenciado Rojas",
    said_to_be=SaidToBe.CAPTOR,
    wanted=(Wanted.MONEY, Wanted.PLACE),
    words="Preguntó por la señora Carmen.",
)
TYPED = {"on": "20/2/2019", "phone": "300 111 22 33", "said_to_be": "lawyer", "wanted": ["money"]}


@pytest.mark.parametrize("typed", ["+57 300 111 2233", "300-111-2233", "0057 300 1112233", "(+57) 3001112233"])
def test_the_same_number_is_one_however_it_is_typed(typed: str) -> None:
    assert normal_phone(typed) == PHONE


@pytest.mark.parametrize(("typed", "kept"), [("", ""), ("oculto", ""), ("*611", "611"), ("+58 424", "+58424")])
def test_what_is_no_whole_number_is_kept_as_its_digits(typed: str, kept: str) -> None:
    assert normal_phone(typed) == kept


def test_a_number_that_called_before_is_known_again_and_another_is_not(site: Site, actors: dict[Role, Actor]) -> None:
    by = actors[Role.DESK]
    assert note_caller(by=by, content=CALL).earlier == ()
    assert note_caller(by=by, content=CALL).earlier == ("2019-02-20",)
    assert earlier_calls(by, normal_phone("300 1112233")) == ("2019-02-20", "2019-02-20")
    assert earlier_calls(by, normal_phone("300 1112234")) == ()
    assert earlier_calls(by, "") == ()
    assert [one.times for one in log_of(by)] == [2, 2]


def test_who_empties_the_log_is_told(site: Site, staff: dict[Role, User], actors: dict[Role, Actor]) -> None:
    by = actors[Role.DESK]
    for turn in range(settings.ALARMS["hidden"]):
        assert not Notice.objects.filter(user=staff[Role.DESK], kind=Notice.Kind.HIDDEN).exists(), turn
        take_out(by=by, row=note_caller(by=by, content=CALL).row)
    assert Notice.objects.filter(user=staff[Role.DESK], kind=Notice.Kind.HIDDEN).exists()


def test_no_column_holds_the_number_not_even_as_a_hash(site: Site, actors: dict[Role, Actor]) -> None:
    """Two entries of one number have nothing in common but their house and day."""
    rows = [note_caller(by=actors[Role.DESK], content=CALL).row for _time in range(2)]
    held = [set(map(str, CallerNote.objects.filter(pk=row.pk).values_list()[0])) for row in rows]
    assert held[0] & held[1] == {str(site.pk), "None", str(clock.today())}
    bodies = {bytes(row.record.body) for row in CallerNote.objects.select_related("record")}
    assert len(bodies) == 2


def test_residents_are_warned_of_tricks_without_names_and_with_numbers_partly_hidden(
    site: Site, browse: Browse, actors: dict[Role, Actor]
) -> None:
    note_caller(by=actors[Role.DESK], content=CALL)
    page = browse(Role.DESK).get(reverse("family:callers_poster")).content.decode()
    assert hidden_phone(PHONE) == "+57 ··· 233"
    assert "+57 ··· 233" in page
    for word in (CALL.name, "Rojas", "Carmen", PHONE, "3001112233", CALL.words):
        assert word not in page
    found = warnings_of(actors[Role.DESK])
    assert [(one.said_to_be, one.wanted, one.times) for one in found.tricks] == [
        (SaidToBe.CAPTOR, (Wanted.MONEY, Wanted.PLACE), 1)
    ]
    log = browse(Role.DESK).get(reverse("family:callers")).content.decode()
    assert all(word in log for word in ("Rojas", PHONE, "Carmen")), "the control: staff read it all"


def test_we_never_ask_for_money_stands_on_the_warning_also_when_nothing_was_tried(browse: Browse) -> None:
    page = browse(Role.CASEWORKER).get(reverse("family:callers_poster")).content.decode()
    assert "dinero" in page or "money" in page


def test_after_half_a_year_an_entry_is_wiped_with_its_key(site: Site, actors: dict[Role, Actor]) -> None:
    row = note_caller(by=actors[Role.DESK], content=CALL).row
    with time_machine.travel(clock.now() + KEPT, tick=False):
        assert sweep(site.pk) == 0
    with time_machine.travel(clock.now() + KEPT + timedelta(days=1), tick=False):
        assert log_of(actors[Role.DESK]) == []
        assert sweep(site.pk) == 1
    assert not CallerNote.objects.exists()
    assert not SealedRecord.objects.filter(subject=row.pk).exists()


@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
@pytest.mark.usefixtures("audit_may_be_emptied")
def test_an_entry_taken_out_leaves_no_key(site: Site, actors: dict[Role, Actor]) -> None:
    row = note_caller(by=actors[Role.DESK], content=CALL).row
    assert WrappedKey.objects.filter(subject=row.pk).exists(), "the control"
    take_out(by=actors[Role.DESK], row=CallerNote.objects.select_related("record").get())
    assert not WrappedKey.objects.filter(subject=row.pk).exists()


def test_which_relative_was_called_is_seen_only_by_who_reads_the_card(
    site: Site, browse: Browse, actors: dict[Role, Actor], staff: dict[Role, User]
) -> None:
    person = make_person(site)
    card = make_card(site, person)
    address = f"{reverse('family:callers')}?card={card.pk}"
    for role in (Role.DESK, Role.TRACING_OFFICER):
        with pytest.raises(Refused):
            note_caller(by=actors[role], content=CALL, card=card)
        browse(role).post(address, TYPED)
        assert CallerNote.objects.get().card is None
        CallerNote.objects.all().delete()
    assert browse(Role.CASEWORKER).post(address, TYPED).status_code in {403, 404}
    entrust(staff[Role.CASEWORKER], person.pk, site)
    browse(Role.CASEWORKER).post(address, TYPED)
    assert CallerNote.objects.get().card == card
    link = reverse("family:card", args=[card.pk])
    assert link in browse(Role.CASEWORKER).get(reverse("family:callers")).content.decode()
    for role in (Role.DESK, Role.TRACING_OFFICER):
        assert link not in browse(role).get(reverse("family:callers")).content.decode()


def test_bad_input_is_said_and_nothing_is_kept(site: Site, browse: Browse) -> None:
    client, address = browse(Role.DESK), reverse("family:callers")
    later = clock.today() + timedelta(days=2)
    for change, field in (
        ({"on": f"{later.day}/{later.month}/{later.year}"}, "on"),
        ({"on": ""}, "on"),
        ({"on": "2/2019"}, "on"),
        ({"phone": "ninguno"}, "phone"),
        ({"said_to_be": ""}, "said_to_be"),
        ({"wanted": []}, "wanted"),
        ({"wanted": ["everything"]}, "wanted"),
    ):
        answer = client.post(address, {**TYPED, **change})
        assert answer.status_code == 422, change
        assert field in answer.context["form"].errors
    assert client.post(f"{address}?card=nonsense", TYPED).status_code in {302, 404}
    assert CallerNote.objects.count() <= 1
    assert client.post(reverse("family:known_caller"), {"phone": ""}).status_code == 422
    assert browse(Role.CASEWORKER).post(f"{address}?card=nonsense", TYPED).status_code == 404


def test_a_number_is_looked_up_without_being_kept(site: Site, browse: Browse) -> None:
    note_caller(by=system_actor(site.pk), content=CALL)
    client = browse(Role.DESK)
    for typed, level in (("3001112233", "warning"), ("3009999999", "info")):
        answer = client.post(reverse("family:known_caller"), {"phone": typed}, follow=True)
        assert [one.level_tag for one in answer.context["messages"]] == [level]
    assert CallerNote.objects.count() == 1
