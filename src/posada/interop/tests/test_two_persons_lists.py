"""A list in and a list out take two persons, and what was agreed to is what is done: no more, no other."""

import pytest
from tests import cast

from posada.accounts import approvals
from posada.accounts.acts import Role
from posada.accounts.approvals import Kind
from posada.accounts.approvals.queries import open_for
from posada.accounts.permissions import Actor
from posada.audit.models import AuditEntry
from posada.interop import services
from posada.interop.models import ImportFile
from posada.interop.services import Wanted, sealing
from posada.interop.tests.shared import two_agree
from posada.interop.vocabulary import ReasonToExport
from posada.people import services as people
from posada.people.models import Answer, Consent, ConsentPurpose, Identity, Person
from posada.records import agreeing
from posada.records.models import SealedRecord

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LIST = b"Nombres;Apellidos\nYusmary;Zambrano\nWilmer;Roa\n"
SHARE = ConsentPurpose.SHARE_WITH_TRACING


def _waiting(manager: Actor) -> ImportFile:
    return services.quarantine(by=manager, source=LIST, wanted=Wanted())


def test_a_manager_alone_brings_nobody_in(manager: Actor) -> None:
    file = _waiting(manager)
    with pytest.raises(approvals.NotAgreed):
        services.confirm(by=manager, file=file)
    approval = services.ask_to_confirm(by=manager, file=file, why="La parroquia la manda cada lunes")
    with pytest.raises(approvals.NotAgreed):
        services.confirm(by=manager, file=file)
    with pytest.raises(approvals.SamePerson):
        approvals.agree(by=manager, approval=approval)
    assert not Person.objects.exists()
    file.refresh_from_db()
    assert file.is_waiting


def test_what_a_second_agreed_to_is_not_another_file_and_not_this_one_read_again(manager: Actor) -> None:
    file, other = two_agree(_waiting(manager)), _waiting(manager)
    with pytest.raises(approvals.NotAgreed):
        services.confirm(by=manager, file=other)
    mapping = sealing.reading_of(file).mapping
    services.read_again(by=manager, file=services.start_changing(by=manager, file=file), mapping=mapping)
    file.refresh_from_db()
    with pytest.raises(approvals.StaleApproval):
        services.confirm(by=manager, file=file)
    assert not Person.objects.exists()
    assert services.confirm(by=manager, file=two_agree(file)).added == 2


def test_an_import_that_breaks_leaves_the_agreement_for_the_next_try(
    manager: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = two_agree(_waiting(manager))

    def breaks(*_args: object, **_named: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr("posada.interop.services.deciding._take", breaks)
        with pytest.raises(OSError, match="full"):
            services.confirm(by=manager, file=file)
    assert services.confirm(by=manager, file=file).added == 2
    assert AuditEntry.objects.filter(act="approvals.use").count() == 1


def _register(actors: dict[Role, Actor], name: str) -> Person:
    identity = Identity(given_names=name, surnames="Roa")
    return people.register_person(by=actors[Role.DESK], identity=identity, consents=[Consent(SHARE, Answer.YES)])


def test_the_file_holds_whom_it_was_agreed_for_and_who_still_agrees(actors: dict[Role, Actor], manager: Actor) -> None:
    _register(actors, "Siempre")
    changing = _register(actors, "Arrepentida")
    asked = services.ask_to_export(by=manager, reason=ReasonToExport.TRACING, include=frozenset(), why="Reunión")
    assert (asked.count, agreeing.words_of(asked, by=actors[Role.LAWYER]).why) == (2, "Reunión")
    _register(actors, "Después")
    people.record_consent(by=actors[Role.DESK], person=changing, answers=[Consent(SHARE, Answer.NO)])
    cast.second_agrees(asked)
    made = services.export_agreed(by=manager, approval=asked)
    text = made.document.decode()
    assert (made.persons, "Siempre" in text, "Arrepentida" in text, "Después" in text) == (1, True, False, False)
    with pytest.raises(approvals.AlreadyUsed):
        services.export_agreed(by=manager, approval=asked)


def test_nobody_else_and_nothing_else_is_written_out(actors: dict[Role, Actor], manager: Actor) -> None:
    _register(actors, "Siempre")
    asked = services.ask_to_export(by=manager, reason=ReasonToExport.TRACING, include=frozenset())
    cast.second_agrees(asked)
    other = cast.actor(cast.make_staff(asked.site, Role.SITE_MANAGER, name="Gaspar"))
    with pytest.raises(approvals.NotTheAsker):
        services.export_agreed(by=other, approval=asked)
    asked.terms = "tracing:date_of_birth"  # as somebody might who may change the row, or the request
    with pytest.raises(approvals.StaleApproval):
        services.export_agreed(by=manager, approval=asked)
    assert open_for(manager, Kind.EXPORT, None) is not None


def test_the_words_of_who_asks_stand_nowhere_in_clear(manager: Actor) -> None:
    approval = services.ask_to_confirm(by=manager, file=_waiting(manager), why="Zulayma Canaria lo pidió")
    assert not [value for value in vars(approval).values() if "Canaria" in str(value)]
    body = bytes(SealedRecord.objects.get(kind=agreeing.AskedWords.KIND).body)
    assert b"Canaria" not in body
    assert agreeing.words_of(approval, by=manager).why == "Zulayma Canaria lo pidió"
