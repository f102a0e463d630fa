"""An account that is being typed: sealed for a day, offered to whoever typed it, gone with all that it belongs to."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.asylum.models import AccountDraft, Case, Statement
from posada.asylum.rules.being_typed import MOST_TYPED, typed_of
from posada.asylum.services import drafts, handing
from posada.asylum.services import statement as services
from posada.asylum.tests.accounts_here import begin, make_case, make_person
from posada.ground import clock
from posada.records import erasing
from posada.records.models import EarlierVersion, KeyDue, SealedRecord, What, Why
from posada.vault.models import WrappedKey

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]
PLANTED = "Qxbane cruzó con Qxcoro."
KEEP = {"act": "keep", "text": PLANTED, "on": "2/3/2026", "language": "", "seen": ""}


@pytest.fixture
def case(site: Site, staff: dict[Role, User]) -> Case:
    return make_case(site, make_person(site), make_person(site, "Luz"), lawyer=staff[Role.LAWYER])


@pytest.fixture
def lawyer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.LAWYER]


@pytest.fixture
def client(browse: Callable[[Role], Client]) -> Client:
    return browse(Role.LAWYER)


def _page(case: Case) -> str:
    return reverse("asylum:begin_account", args=[case.number, case.person.number])


def _typed(client: Client, page: str, key: uuid.UUID, **more: str) -> None:
    sent = {**KEEP, "once": str(key), **more}
    assert client.post(page, sent, headers={"HX-Request": "true"}).status_code == 204


def _is_gone(subjects: set[uuid.UUID]) -> bool:
    left = [SealedRecord.objects.filter(subject__in=subjects), WrappedKey.objects.filter(subject__in=subjects)]
    return not any(rows.exists() for rows in (*left, Assignment.everything.filter(subject__in=subjects, until=None)))


def test_what_is_typed_is_sealed_offered_again_and_goes_when_the_account_is_kept(case: Case, client: Client) -> None:
    page, key = _page(case), uuid.uuid4()
    assert "?draft=1" not in client.get(page).content.decode()
    _typed(client, page, key, text="Una frase.")
    _typed(client, page, key)
    draft = AccountDraft.objects.select_related("record").get()
    assert PLANTED.encode() not in bytes(draft.record.body)
    assert not EarlierVersion.objects.filter(record=draft.record).exists()
    shown = client.get(page)
    assert "?draft=1" in shown.content.decode()
    assert PLANTED not in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    again = client.get(page + "?draft=1").content.decode()
    assert PLANTED in again
    assert str(key) in again
    whole = {"text": PLANTED, "on": "2/3/2026", "language": "Español", "read_back": "no", "once": str(key)}
    assert client.post(page, whole).status_code == 302
    assert not AccountDraft.objects.exists()
    assert _is_gone({draft.record.subject}) or KeyDue.objects.filter(subject=draft.record.subject).exists()
    _typed(client, reverse("asylum:tell_again", args=[Statement.objects.get().pk]), key)
    assert not AccountDraft.objects.exists()  # the page that was kept keeps nothing any more


def test_without_scripts_it_is_kept_by_a_button_and_let_go_by_another(case: Case, client: Client) -> None:
    page, english = _page(case), {"accept-language": "en"}
    said = client.post(page, {**KEEP, "once": str(uuid.uuid4())}, headers=english, follow=True).content.decode()
    assert "It is kept, sealed, until tomorrow" in said
    empty = client.post(page, {**KEEP, "text": " ", "once": str(uuid.uuid4())}, headers=english, follow=True)
    assert "Nothing was kept" in empty.content.decode()
    assert AccountDraft.objects.count() == 1
    assert client.post(page, {**KEEP, "once": "x"}).status_code == 404
    said = client.post(page, {"act": "discard"}, headers=english, follow=True).content.decode()
    assert "nothing of it is left" in said
    assert not AccountDraft.objects.exists()


def test_nobody_else_is_offered_it_and_whoever_hands_the_case_over_no_more(
    case: Case, client: Client, lawyer: Actor, site: Site
) -> None:
    _typed(client, _page(case), uuid.uuid4())
    place, other = drafts.Page(case.person, case=case), cast.make_staff(site, Role.LAWYER, name="Otra")
    assert drafts.draft_on(by=lawyer, page=place) is not None
    assert drafts.draft_on(by=lawyer, page=drafts.Page(case.rows.exclude(person=case.person).get().person)) is None
    handing.hand_case(by=lawyer, case=case, to=other.pk)
    assert drafts.draft_on(by=lawyer, page=place) is None
    assert drafts.draft_on(by=cast.actor(other), page=place) is None


def test_it_is_past_its_time_after_a_day(case: Case, client: Client, lawyer: Actor) -> None:
    _typed(client, _page(case), uuid.uuid4())
    before = clock.today() - timedelta(days=2)
    AccountDraft.objects.update(saved_on=before)
    assert drafts.draft_on(by=lawyer, page=drafts.Page(case.person, case=case)) is None
    assert not AccountDraft.objects.exists()


def test_a_sentence_erased_from_the_account_stays_in_no_draft_of_it(case: Case, client: Client, lawyer: Actor) -> None:
    account = begin(lawyer, case)
    _typed(client, reverse("asylum:tell_again", args=[account.pk]), uuid.uuid4())
    assert AccountDraft.objects.exists()
    chosen = services.erasable(by=lawyer, statement=account)[0]
    services.erase_sentence(by=lawyer, statement=account, chosen=chosen)
    assert not AccountDraft.objects.exists()


@pytest.mark.parametrize("what", [What.PERSON, What.CASE, What.ACCOUNT])
def test_it_goes_with_the_person_the_case_and_the_account(
    case: Case, client: Client, lawyer: Actor, site: Site, what: What
) -> None:
    by, account = system_actor(site.pk), begin(lawyer, case)
    _typed(client, reverse("asylum:tell_again", args=[account.pk]), uuid.uuid4())
    subject = AccountDraft.objects.get().record.subject
    gone = {What.PERSON: case.person.subject, What.CASE: case.subject, What.ACCOUNT: account.subject}[what]
    asked = erasing.hide(by=by, subject=gone, what=what, why=Why.ASKED)
    place = drafts.Page(case.person, statement=account)
    assert drafts.draft_on(by=lawyer, page=place) is None
    erasing.erase(by=by, erasure=asked)
    assert not AccountDraft.objects.exists()
    assert _is_gone({subject, account.pk})


def test_far_too_much_is_not_kept() -> None:
    assert typed_of({"text": "a" * (MOST_TYPED + 1)}) is None
    assert typed_of({"on": "2/3/2026", "language": "Español"}) is None
    assert typed_of({"text": "a", "other": "b"}) is not None
