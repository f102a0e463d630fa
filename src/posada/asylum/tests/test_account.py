"""An account: sealed under a key of its own, read by whoever holds its case, and what is erased from it is gone."""

import uuid

import pytest
from django.db import models
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import READ_BY_URGENCY, Act, Role
from posada.accounts.models import Assignment, Notice, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.asylum.models import Case, Statement
from posada.asylum.queries import statement as queries
from posada.asylum.rules.account import Account
from posada.asylum.services import statement as services
from posada.asylum.services.statement import AlreadyBegun, NotInCase, Telling
from posada.asylum.tests.accounts_here import GOES, TOLD, WORDS, begin, make_case, make_person, said_in, texts_in
from posada.audit.models import AuditEntry
from posada.people.models import Person
from posada.records import door, erasing
from posada.records.door import Reason
from posada.records.models import EarlierVersion, SealedRecord, What, Why
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.vault import keyring, unsealing
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment
from posada.vault.models import WrappedKey

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]


@pytest.fixture
def lawyer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.LAWYER]


@pytest.fixture
def person(site: Site) -> Person:
    return make_person(site)


@pytest.fixture
def case(site: Site, person: Person, staff: dict[Role, User]) -> Case:
    return make_case(site, person, make_person(site, "Luz"), lawyer=staff[Role.LAWYER])


@pytest.fixture
def account(lawyer: Actor, case: Case) -> Statement:
    return begin(lawyer, case)


def _seen(statement: Statement) -> str:
    held = Statement.objects.select_related("record").get(pk=statement.pk)
    return services.state_of(held, said_in(statement)[-1])


def _tell(by: Actor, statement: Statement, text: str) -> Statement:
    told = Telling(text=text, on=TOLD.on, language="Español")
    return services.tell_again(by=by, statement=statement, told=told, seen=_seen(statement))


def test_it_stands_sealed_under_a_key_of_its_own_and_no_column_says_a_word(account: Statement, case: Case) -> None:
    assert account.record.subject == account.pk != case.pk
    assert WrappedKey.objects.filter(subject=account.pk, compartment=Compartment.LEGAL).count() == 1
    assert texts_in(account) == [["Vivía en Rubio.", GOES, "Crucé el río.", "Tuve miedo."]]
    rows: list[models.Model] = [account, account.record, case, *AuditEntry.objects.all()]
    told = " ".join(str(getattr(row, field.attname)) for row in rows for field in row._meta.concrete_fields)
    assert "Rubio" not in told
    assert "Counsel" not in told


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.LAWYER])
def test_nobody_but_a_lawyer_opens_it_even_with_the_file_entrusted(
    role: Role, account: Statement, actors: dict[Role, Actor], staff: dict[Role, User], site: Site
) -> None:
    for subject in (account.pk, account.person_id, account.case_id):
        assert subject is not None
        accounts.assign(user_id=staff[role].pk, site_id=site.pk, subject=subject)
    with pytest.raises(Refused):
        door.open_record(account.record, Account, by=actors[role], reason=Reason.VIEW)
    assert Act.READ_STATEMENT not in READ_BY_URGENCY


def test_another_lawyer_opens_it_only_once_the_case_is_theirs_and_the_first_no_more(
    account: Statement, case: Case, lawyer: Actor, site: Site, actors: dict[Role, Actor]
) -> None:
    second = cast.make_staff(site, Role.LAWYER, name="Second lawyer")
    other = cast.actor(second)
    accounts.assign(user_id=second.pk, site_id=site.pk, subject=account.person_id)
    assert queries.account_by_id(other, account.pk) is None, "the person's file alone opens no account"
    with pytest.raises(Refused):
        door.open_record(account.record, Account, by=other, reason=Reason.VIEW)
    accounts.hand_over(by=actors[Role.SITE_MANAGER], subject=case.subject, to=second.pk, ends_others=True)
    assert queries.account_by_id(other, account.pk) == account
    assert door.open_record(account.record, Account, by=other, reason=Reason.VIEW).language == "Español"
    assert queries.account_by_id(lawyer, account.pk) is None
    with pytest.raises(Refused):
        door.open_record(account.record, Account, by=lawyer, reason=Reason.VIEW)


def test_it_is_begun_once_and_only_by_somebody_in_the_case(
    account: Statement, case: Case, lawyer: Actor, site: Site
) -> None:
    with pytest.raises(AlreadyBegun) as again:
        begin(lawyer, case)
    assert again.value.statement == account
    with pytest.raises(NotInCase):
        begin(lawyer, case, person=make_person(site, "Otra"))
    key = uuid.uuid4()
    others = case.rows.exclude(person=case.person).get().person
    services.begin_account(by=lawyer, case=case, person=others, told=TOLD, once=key)
    with pytest.raises(AlreadySent):
        services.begin_account(by=lawyer, case=case, person=others, told=TOLD, once=key)
    assert Statement.objects.filter(case=case).count() == 2


def test_it_is_told_again_and_what_it_said_before_stays(account: Statement, lawyer: Actor) -> None:
    _tell(lawyer, account, f"{WORDS} Ahora estoy en Cúcuta.")
    first, second = said_in(account)
    assert [one.id for one in second.sentences][:4] == [one.id for one in first.sentences]
    assert second.sentences[4].text == "Ahora estoy en Cúcuta."
    newest, oldest = queries.versions_of(Statement.objects.get(pk=account.pk), by=lawyer)
    assert (newest.anew, newest.no_longer, newest.written_by) == (("Ahora estoy en Cúcuta.",), (), lawyer.user)
    assert (oldest.anew, oldest.written_at) == ((), None)


def test_the_same_words_again_make_no_version(account: Statement, lawyer: Actor) -> None:
    services.tell_again(by=lawyer, statement=account, told=TOLD, seen=_seen(account))
    assert len(said_in(account)) == 1


def test_a_sentence_goes_from_every_version_in_every_wording(account: Statement, lawyer: Actor) -> None:
    _tell(lawyer, account, WORDS.replace("de noche", "de madrugada"))
    _tell(lawyer, account, WORDS.replace(f"{GOES}", ""))
    held = services.erasable(by=lawyer, statement=account)
    chosen = next(one for one in held if GOES in one.wordings)
    assert len(chosen.wordings) == 2
    assert not chosen.is_said
    services.erase_sentence(by=lawyer, statement=account, chosen=chosen)
    kept = ["Vivía en Rubio.", "Crucé el río.", "Tuve miedo."]
    assert texts_in(account) == [kept, kept, kept]
    entry = AuditEntry.objects.filter(act=Act.WRITE_STATEMENT, reason="sentence_erased").get()
    assert entry.subject == keyring.pseudonym(account.pk)


def test_the_older_blobs_open_no_more(account: Statement, lawyer: Actor) -> None:
    _tell(lawyer, account, f"{WORDS} Nada más.")
    account = Statement.objects.select_related("record").get(pk=account.pk)
    before = [bytes(account.record.body), *(bytes(row.body) for row in EarlierVersion.objects.all())]
    old_key = bytes(WrappedKey.objects.get(subject=account.pk).wrapped)
    held = services.erasable(by=lawyer, statement=account)
    services.erase_sentence(by=lawyer, statement=account, chosen=next(one for one in held if GOES in one.wordings))
    keys = WrappedKey.objects.filter(subject=account.pk)
    assert [bytes(row.wrapped) for row in keys] != [old_key]
    key = unsealing.existing_key(account.pk, Compartment.LEGAL)
    for version, blob in ((2, before[0]), (1, before[1])):
        data = keyring.sealing_data(account.pk, Compartment.LEGAL, "asylum.account/1", version)
        with pytest.raises(Unreadable):
            unsealing.unseal(key, blob, data)


def test_an_erased_sentence_does_not_come_back_by_a_page_that_was_open(account: Statement, lawyer: Actor) -> None:
    seen = _seen(account)
    held = services.erasable(by=lawyer, statement=account)
    services.erase_sentence(by=lawyer, statement=account, chosen=held[1])
    with pytest.raises(Stale):
        services.tell_again(by=lawyer, statement=account, told=TOLD, seen=seen)
    assert GOES not in texts_in(account)[-1]


def test_who_was_present_can_be_erased_from_every_version(account: Statement, lawyer: Actor) -> None:
    _tell(lawyer, account, "Nada más.")
    held = services.erasable(by=lawyer, statement=account)
    chosen = next(one for one in held if one.field == "present")
    assert not chosen.is_said
    services.erase_sentence(by=lawyer, statement=account, chosen=chosen)
    assert [one.present for one in said_in(account)] == ["", ""]


def test_a_name_becomes_a_mark_in_every_version_and_is_kept_nowhere(account: Statement, lawyer: Actor) -> None:
    _tell(lawyer, account, f"{WORDS} PEDRO no volvió.")
    assert services.mark_names(by=lawyer, statement=account, names=("Pedro Ruiz", "Pedro")) == "[A]"
    told = said_in(account)
    assert all("pedro" not in one.text.casefold() for said in told for one in said.sentences)
    assert told[0].sentences[1].text == "[A] vino de noche con otros."
    assert told[1].sentences[-1].text == "[A] no volvió."
    assert services.mark_names(by=lawyer, statement=account, names=("Rubio",)) == "[B]"
    assert services.mark_names(by=lawyer, statement=account, names=("río",), mark="[A]") == "[A]"
    assert services.mark_names(by=lawyer, statement=account, names=("otros",), mark="[made up]") == "[C]"


def test_what_is_erased_or_marked_is_written_down_without_a_word_of_it(account: Statement, lawyer: Actor) -> None:
    services.mark_names(by=lawyer, statement=account, names=("Pedro Ruiz",))
    services.erase_sentence(by=lawyer, statement=account, chosen=services.erasable(by=lawyer, statement=account)[0])
    rows = AuditEntry.objects.filter(act=Act.WRITE_STATEMENT).exclude(reason="")
    assert [row.reason for row in rows.order_by("pk")] == ["names_marked", "sentence_erased"]


def test_a_lawyer_who_does_not_hold_it_changes_nothing(account: Statement, site: Site) -> None:
    other = cast.actor(cast.make_staff(site, Role.LAWYER, name="Second lawyer"))
    before = texts_in(account)
    chosen = services.erasable(by=system_actor(site.pk), statement=account)[0]
    with pytest.raises(Refused):
        services.erase_sentence(by=other, statement=account, chosen=chosen)
    with pytest.raises(Refused):
        services.mark_names(by=other, statement=account, names=("Rubio",))
    with pytest.raises(Refused):
        services.tell_again(by=other, statement=account, told=TOLD, seen=_seen(account))
    assert texts_in(account) == before


def test_the_whole_account_is_hidden_at_once_and_then_erased_while_the_case_stays(
    account: Statement, case: Case, lawyer: Actor, site: Site
) -> None:
    asked = erasing.hide(by=lawyer, subject=account.subject, what=What.ACCOUNT, why=Why.ASKED)
    assert erasing.number_of(asked) == account.person.number
    assert queries.account_by_id(lawyer, account.pk) is None
    assert [one.statement for one in queries.who_tells(case)] == [None, None]
    with pytest.raises(Unreadable):
        door.open_record(account.record, Account, by=lawyer, reason=Reason.VIEW)
    erasing.erase(by=system_actor(site.pk), erasure=asked)
    assert not Statement.objects.exists()
    assert not SealedRecord.objects.filter(subject=account.pk).exists()
    assert not WrappedKey.objects.filter(subject=account.pk).exists()
    assert Case.objects.filter(pk=case.pk).exists()


def test_an_account_outlives_the_case_of_somebody_else_and_goes_with_whoever_gave_it(
    case: Case, lawyer: Actor, site: Site, staff: dict[Role, User]
) -> None:
    daughter = case.rows.exclude(person=case.person).get().person
    hers = begin(lawyer, case, person=daughter)
    mothers = begin(lawyer, case)
    by = system_actor(site.pk)
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=case.person.subject, what=What.PERSON, why=Why.ASKED))
    assert not Statement.objects.filter(pk=mothers.pk).exists()
    held = queries.account_by_id(lawyer, hers.pk)
    assert held is not None
    assert held.case is None
    assert queries.entrusted_accounts(lawyer) == [held]
    assert door.open_record(held.record, Account, by=lawyer, reason=Reason.VIEW).sentences
    own = make_case(site, daughter, lawyer=staff[Role.LAWYER])
    assert queries.cases_open_to(lawyer, held) == [own]
    others = make_case(site, make_person(site, "Otra"), lawyer=staff[Role.LAWYER])
    with pytest.raises(NotInCase):
        services.take_into_case(by=lawyer, statement=held, case=others)
    assert services.take_into_case(by=lawyer, statement=held, case=own).case == own
    assert queries.cases_open_to(lawyer, Statement.objects.get(pk=hers.pk)) == []
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=daughter.subject, what=What.PERSON, why=Why.ASKED))
    assert not Statement.objects.exists()
    assert not WrappedKey.objects.filter(subject__in=[hers.pk, mothers.pk]).exists()
    assert not Assignment.everything.filter(subject__in=[hers.pk, mothers.pk]).exists()


def test_many_erased_sentences_in_an_hour_are_told(account: Statement, lawyer: Actor) -> None:
    _tell(lawyer, account, " ".join(f"Frase {number}." for number in range(6)))
    for _turn in range(5):
        assert not Notice.objects.filter(kind=Notice.Kind.HIDDEN).exists()
        held = services.erasable(by=lawyer, statement=account)
        services.erase_sentence(by=lawyer, statement=account, chosen=held[0])
    assert Notice.objects.filter(kind=Notice.Kind.HIDDEN, user=lawyer.user).count() == 1
