"""A request handed to another tracing service: with consent, what is left out is named, and it has an answer."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import (
    Enquirer,
    HandOver,
    HandOverWords,
    Separation,
    Sought,
    TracingRequest,
)
from posada.family.rules.handing import FIELD_LABELS, NEVER_OF_A_CHILD, Field, HandState
from posada.family.rules.protecting import Flag
from posada.family.rules.representing import Represents
from posada.family.rules.tracing_services import services as directory
from posada.ground import clock
from posada.interop.items import RowProblem
from posada.interop.pfif.read import PfifOptions, read_pfif
from posada.interop.pfif.records import PfifPerson
from posada.interop.services.handing import write_hand_over
from posada.people.models import Answer, Sex
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
ASKS = Enquirer(name="MariselaCanaria", safe_channel="0300CANAL", birth="1980", note="NotaCanaria")
SOUGHT = Sought(
    given_names="Yuleisy",
    surnames="Ramírez",
    sex=Sex.FEMALE,
    birth="1987-03-14",
    origin="OrigenCanario",
    mother="MadreCanaria",
    phone="0424TELEFONO",
    document="V12345CAN",
    marks="SeñaCanaria",
)
PARTED = Separation(
    on="2019-02-23", place="PuenteCanario", circumstances="RelatoCanario", last_known_place="LugarCanario"
)
SECRET = {
    Field.ORIGIN: "OrigenCanario",
    Field.PARENTS: "MadreCanaria",
    Field.PHONE: "0424TELEFONO",
    Field.DOCUMENT: "V12345CAN",
    Field.MARKS: "SeñaCanaria",
    Field.SEPARATION: "PuenteCanario",
    Field.LAST_PLACE: "LugarCanario",
    Field.ENQUIRER: "MariselaCanaria",
    Field.CONTACT: "0300CANAL",
    Field.BIRTH: "1987",
}
NEVER = ("RelatoCanario", "NotaCanaria")
YES = {"service": "icrc", "agreed": "on", "how": "spoken", "witness": "Ana"}
AGAIN = {"password": cast.PASSWORD}


def _request(site: Site, enquirer: Enquirer = ASKS, sought: Sought = SOUGHT) -> TracingRequest:
    by = system_actor(site.pk)
    return services.open_request(by=by, enquirer=enquirer, sought=sought, separation=PARTED)


def _agreed(site: Site, *fields: Field, sought: Sought = SOUGHT) -> HandOver:
    words = HandOverWords(to="icrc", fields=fields, witness="Ana")
    return services.agree_hand_over(by=system_actor(site.pk), request=_request(site, sought=sought), words=words)


def _file(site: Site, row: HandOver) -> str:
    return write_hand_over(by=system_actor(site.pk), row=row).decode()


def test_nothing_dangerous_goes_unless_it_was_agreed_to_by_name(site: Site) -> None:
    text = _file(site, _agreed(site))
    assert "Yuleisy" in text
    assert not [word for word in (*SECRET.values(), *NEVER) if word in text]


@pytest.mark.parametrize("field", list(Field))
def test_what_was_agreed_to_goes_and_nothing_else(site: Site, field: Field) -> None:
    text = _file(site, _agreed(site, field))
    found = {one for one, word in SECRET.items() if word in text}
    assert found == {field}
    assert not [word for word in NEVER if word in text]


def test_the_file_is_pfif_that_others_can_read_and_ends_with_the_request(site: Site) -> None:
    row = _agreed(site, *Field)
    text = _file(site, row)
    items = list(read_pfif(io.BytesIO(text.encode()), PfifOptions(now=clock.now())))
    person = next(item for item in items if isinstance(item, PfifPerson))
    assert (person.given_name, person.family_name, person.author_name) == ("Yuleisy", "Ramírez", "MariselaCanaria")
    assert not [item for item in items if isinstance(item, RowProblem)]
    assert f"<pfif:expiry_date>{row.request.expires_on.isoformat()}" in text
    assert row.request_id.hex not in text


@pytest.mark.parametrize("birth", ["", "child"])
def test_a_minors_place_is_never_released_and_an_unknown_age_is_a_minors(site: Site, birth: str) -> None:
    said = str(clock.today().year - 9) if birth else ""
    child = Sought(given_names="Luis", birth=said, origin="OrigenCanario", phone="0424TELEFONO", document="V12345CAN")
    text = _file(site, _agreed(site, *Field, sought=child))
    assert "Luis" in text
    assert not [SECRET[field] for field in NEVER_OF_A_CHILD if SECRET[field] in text]
    assert "MariselaCanaria" in text, "the control: what leads to no place goes"


def test_what_is_left_out_is_named_on_the_screen_and_on_the_form(site: Site, browse: Browse) -> None:
    row = _agreed(site, Field.BIRTH)
    client = browse(Role.TRACING_OFFICER)
    state = client.get(reverse("family:hand_over_state", args=[row.pk])).content.decode()
    form = client.get(reverse("interop:hand_over_form", args=[row.pk])).content.decode()
    warned = client.get(reverse("interop:hand_over_file", args=[row.pk])).content.decode()
    for page in (state, form, warned):
        for word in ("fotografía", "teléfono de la persona buscada", "nombre de quien busca"):
            assert word in page
        assert not [word for field, word in SECRET.items() if word in page and field is not Field.BIRTH]
    assert "1987" in form
    assert "no está cifrado" in warned
    assert "sin verificar" in client.get(reverse("family:hand_over", args=[row.request.number])).content.decode()
    assert "Nadie ha verificado" in state


def test_the_whole_way_from_the_yes_to_the_answer(site: Site, browse: Browse) -> None:
    request, client = _request(site), browse(Role.TRACING_OFFICER)
    client.post(reverse("family:hand_over", args=[request.number]), {**YES, "fields_agreed": ["birth"]})
    row = HandOver.objects.get()
    state, file = reverse("family:hand_over_state", args=[row.pk]), reverse("interop:hand_over_file", args=[row.pk])
    early = client.post(state, {"state": "accepted"})
    assert early.status_code == 200, "nobody answers what they were not given"
    assert client.post(file, {"password": "wrong"}).status_code == 422
    row.refresh_from_db()
    assert row.state == HandState.AGREED
    made = client.post(file, AGAIN)
    assert "attachment" in made["Content-Disposition"]
    assert "no-store" in made["Cache-Control"]
    assert b"pfif" in made.content
    row.refresh_from_db()
    assert (row.state, row.handed_on) == (HandState.HANDED, clock.today())
    client.post(state, {"state": "accepted", "reference": "CICR-77"})
    client.post(state, {"state": "done"})
    row.refresh_from_db()
    assert (row.state, row.answered_on, row.done_on) == (HandState.DONE, clock.today(), clock.today())
    words = open_record(row.record, HandOverWords, by=system_actor(site.pk), reason=Reason.SYSTEM)
    assert words.reference == "CICR-77"
    assert "CICR-77" in client.get(reverse("family:request", args=[request.number])).content.decode()
    assert client.get(reverse("interop:hand_over_form", args=[row.pk])).status_code == 302, "it has ended"
    reasons = set(AuditEntry.objects.filter(act=Act.HAND_OVER).values_list("reason", flat=True))
    assert {"handed:as_file", "answered:accepted", "answered:done"} <= reasons


def test_on_paper_it_is_handed_over_too_and_the_yes_can_be_taken_back(site: Site, browse: Browse) -> None:
    row, client = _agreed(site), browse(Role.TRACING_OFFICER)
    client.post(reverse("family:handed_on_paper", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == HandState.HANDED
    client.post(reverse("family:hand_over_state", args=[row.pk]), {"state": "stopped"})
    row.refresh_from_db()
    assert row.state == HandState.STOPPED
    client.post(reverse("interop:hand_over_file", args=[row.pk]), AGAIN)
    client.post(reverse("family:handed_on_paper", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == HandState.STOPPED


@pytest.mark.parametrize(
    "wrong",
    [{"agreed": ""}, {"service": ""}, {"service": "army"}, {"witness": ""}, {"fields_agreed": ["soul"]}, {"how": "x"}],
)
def test_without_a_yes_or_with_a_wrong_word_nothing_is_kept(site: Site, browse: Browse, wrong: dict[str, str]) -> None:
    request = _request(site)
    page = browse(Role.TRACING_OFFICER).post(reverse("family:hand_over", args=[request.number]), {**YES, **wrong})
    assert page.status_code == 200
    assert "summary" in page.content.decode()
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(
    ("enquirer", "why"),
    [
        (Enquirer(birth="1980", flags=(Flag.STATE_LOOKS,)), "danger"),
        (Enquirer(birth="1980", share_onward=Answer.NO), "said_no"),
        (Enquirer(), "child"),
        (Enquirer(birth="2999"), "child"),
    ],
)
def test_some_requests_stay_in_the_house(site: Site, browse: Browse, enquirer: Enquirer, why: str) -> None:
    request = _request(site, enquirer)
    with pytest.raises(services.MayNotLeave) as stays:
        services.agree_hand_over(
            by=system_actor(site.pk), request=request, words=HandOverWords(to="icrc", witness="Ana")
        )
    assert stays.value.why == why
    client, address = browse(Role.TRACING_OFFICER), reverse("family:hand_over", args=[request.number])
    assert "Se queda en esta casa" in client.get(address).content.decode()
    client.post(address, YES)
    assert not HandOver.objects.exists()


def test_a_child_who_asks_is_represented_before_anything_leaves(site: Site) -> None:
    spoken = Enquirer(birth=str(clock.today().year - 15), represented_by=Represents.AUTHORITY)
    words = HandOverWords(to="icrc", witness="Ana")
    row = services.agree_hand_over(by=system_actor(site.pk), request=_request(site, spoken), words=words)
    assert row.state == HandState.AGREED


def test_what_is_noted_between_the_yes_and_the_file_still_holds_it_up(site: Site) -> None:
    row, by = _agreed(site), system_actor(site.pk)
    services.close_request(by=by, request=row.request)
    with pytest.raises(services.MayNotLeave):
        _file(site, row)
    row.refresh_from_db()
    assert row.state == HandState.AGREED


def test_only_tracing_officers_hand_over(site: Site, browse: Browse, actors: dict[Role, Actor]) -> None:
    row = _agreed(site)
    for role in (Role.DESK, Role.CASEWORKER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR):
        assert browse(role).post(reverse("interop:hand_over_file", args=[row.pk]), AGAIN).status_code == 403
        with pytest.raises(Refused):
            services.hand_over(by=actors[role], row=row, way="as_file")


def test_the_directory_says_what_is_not_verified() -> None:
    assert len({one.code for one in directory()}) == len(directory())
    assert not [one for one in directory() if one.is_verified]
    assert all(one.source and one.name.es and one.name.en for one in directory())
    assert set(FIELD_LABELS) == set(Field)
