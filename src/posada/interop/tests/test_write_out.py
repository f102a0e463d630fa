"""Who agreed goes out, with nothing dangerous unless it is named; and it is written down."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Way
from posada.accounts.http import ASKED_AT, RECENT
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.accounts.services.passwords import AGAIN
from posada.audit.models import AuditEntry
from posada.interop import services
from posada.interop.tests.conftest import Bring
from posada.interop.vocabulary import Danger, ReasonToExport
from posada.people import services as people
from posada.people.models import Answer, Consent, ConsentPurpose, Identity, Person, Sex, Source
from posada.records.models import SealedRecord

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

TRACING = ReasonToExport.TRACING


@pytest.fixture(autouse=True)
def _people(actors: dict[Role, Actor]) -> None:
    for word, answer in (("Aceptante", Answer.YES), ("Negada", Answer.NO), ("Nadie", Answer.NOT_ASKED)):
        people.register_person(
            by=actors[Role.DESK],
            identity=Identity(
                given_names=word,
                surnames="Roa",
                sex=Sex.FEMALE,
                birth="1987-03-14",
                origin="La Fría",
                mother="Carmen Roa",
                description="cicatriz",
            ),
            phone="3001112222",
            consents=[Consent(ConsentPurpose.SHARE_WITH_TRACING, answer)],
        )


def _document(manager: Actor, *include: Danger) -> str:
    approval = services.ask_to_export(by=manager, reason=TRACING, include=frozenset(include))
    return services.export_agreed(by=manager, approval=cast.second_agrees(approval)).document.decode()


def test_only_those_who_agreed_go_out(manager: Actor, bring: Bring) -> None:
    bring(b"Nombres;Apellidos\nAjena;Rujano\n")
    assert services.count_consenting(by=manager) == 1
    text = _document(manager)
    assert "Aceptante" in text
    assert not [word for word in ("Negada", "Nadie", "Ajena") if word in text]


def test_nothing_dangerous_goes_out_unless_it_is_named(manager: Actor) -> None:
    text = _document(manager)
    dangerous = ("1987", "La Fría", "Carmen", "cicatriz", "3001112222", "home_", "date_of_birth")
    assert not [word for word in dangerous if word in text]
    named = _document(manager, *Danger)
    assert [word for word in dangerous if word in named] == ["1987", "La Fría", "cicatriz", "home_", "date_of_birth"]


def test_the_number_in_the_file_leads_nowhere_but_stays_the_same(manager: Actor) -> None:
    first, second = _document(manager), _document(manager)
    number = first.split("person_record_id>")[1].split("<")[0]
    assert number in second
    for value in SealedRecord.objects.values_list("subject", flat=True):
        assert value.hex not in first


def test_it_is_written_down_with_reason_count_and_what_was_named(manager: Actor) -> None:
    _document(manager, Danger.BIRTH, Danger.ORIGIN)
    row = AuditEntry.objects.get(act=Act.EXPORT)
    assert (row.actor, row.reason, row.count) == (manager.user, "tracing:date_of_birth+home_city:agreed", 1)
    scans = AuditEntry.objects.filter(act=Act.SCAN, actor=manager.user).order_by("sequence")
    assert [(one.reason, one.actor, one.site, one.role) for one in scans] == [
        ("count:person.consents", manager.user, manager.site, "site_manager"),
        ("count:person.consents", manager.user, manager.site, "site_manager"),
        ("export:person.identity", manager.user, manager.site, "site_manager"),
    ]


def test_nobody_of_anothers_list_goes_out_whatever_stands_in_their_row(manager: Actor) -> None:
    Person.objects.update(source=Source.LIST)
    assert services.count_consenting(by=manager) == 0
    assert "Aceptante" not in _document(manager)


def test_opening_the_page_is_written_down_with_the_name(client: Client, manager: Actor) -> None:
    client.get("/files/export/")
    row = AuditEntry.objects.filter(act=Act.SCAN, reason="count:person.consents").get()
    assert (row.actor, row.site, row.role, row.count) == (manager.user, manager.site, "site_manager", 3)


def test_all_dangers_fit_into_the_audit(manager: Actor) -> None:
    longest = max(Way, key=lambda way: len(way.value))
    asked = services.ask_to_export(by=manager, reason=ReasonToExport.HANDOVER, include=frozenset(Danger))
    services.export_agreed(by=manager, approval=cast.second_agrees(asked))
    reason = AuditEntry.objects.get(act=Act.EXPORT).reason
    assert reason == "handover:age+date_of_birth+description+home_city:agreed"
    assert len(reason.replace(Way.AGREED, longest)) <= 64


def test_other_roles_and_other_sites_get_nothing(actors: dict[Role, Actor]) -> None:
    for role, actor in actors.items():
        if role is not Role.SITE_MANAGER:
            with pytest.raises(Refused):
                services.export_pfif(by=actor, reason=TRACING)
            with pytest.raises(Refused):
                services.ask_to_export(by=actor, reason=TRACING, include=frozenset())
    other = cast.make_site(code="otra")
    assert services.export_pfif(by=system_actor(other.pk), reason=TRACING).persons == 0


def test_the_page_says_how_many_and_asks_why_and_again_for_the_password(client: Client) -> None:
    page = client.get("/files/export/").content.decode()
    assert 'type="password"' in page
    for danger in Danger:
        assert f'value="{danger.value}"' in page
    assert "checked" not in page
    assert client.post("/files/export/", {}).status_code == 422
    assert client.post("/files/export/", {"reason": "because", "password": cast.PASSWORD}).status_code == 422
    assert client.post("/files/export/", {"reason": "tracing", "password": "wrong"}).status_code == 422
    assert not AuditEntry.objects.filter(act=Act.EXPORT).exists()
    asked = {"reason": "tracing", "why": "Para el servicio de búsqueda", "password": cast.PASSWORD}
    assert client.post("/files/export/", {**asked, "why": ""}).status_code == 422
    where = client.post("/files/export/", asked)["Location"]
    approval = Approval.objects.get()
    assert where == f"/approvals/{approval.pk}/"
    assert client.post("/files/export/", {"password": cast.PASSWORD}).status_code == 302
    assert not AuditEntry.objects.filter(act=Act.EXPORT).exists()
    cast.second_agrees(approval)
    long_ago = client.session
    long_ago[ASKED_AT] -= RECENT + 1
    long_ago.save()
    assert client.post("/files/export/", {"password": "wrong"}).status_code == 422
    answer = client.post("/files/export/", {"password": cast.PASSWORD})
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert b"Aceptante" in answer.content
    assert b"1987" not in answer.content


def test_after_five_wrong_passwords_not_even_the_right_one_is_believed(client: Client) -> None:
    asked = {"reason": "tracing", "why": "Para el servicio de búsqueda"}
    for _try in range(5):
        client.post("/files/export/", {**asked, "password": "wrong"})
    assert client.post("/files/export/", {**asked, "password": cast.PASSWORD}).status_code == 422
    assert AuditEntry.objects.filter(act=AGAIN, result="refused").count() == 6


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SITE_MANAGER])
def test_the_page_is_the_managers_alone(role: Role, browse: Callable[[Role], Client]) -> None:
    assert browse(role).get("/files/export/").status_code == 403
    assert browse(role).post("/files/export/", {"reason": "tracing"}).status_code == 403
