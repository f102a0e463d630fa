"""A form that was begun: sealed, offered to whoever began it, and gone when saved, discarded or a day old."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import services
from posada.people.models import Person, RegisterDraft
from posada.people.rules.drafts import MOST_TYPED, FormDraft, draft_of
from posada.people.tests.shared import DATABASES, audited, typed
from posada.records.models import EarlierVersion, SealedRecord
from posada.vault.models import WrappedKey

pytestmark = pytest.mark.django_db(databases=DATABASES)
ADDRESS, KEEP = "/people/register/", "/people/register/draft/"
Browse = Callable[[Role], Client]


@pytest.fixture
def form(browse: Browse) -> dict[str, str]:
    """A form begun at the desk, and kept by the page's script."""
    sent = typed(given_names="Yulesi", surnames="Ramírez", birth="31", origin="Rubio")
    assert browse(Role.DESK).post(KEEP, sent, headers={"HX-Request": "true"}).status_code == 204
    return sent


def test_what_was_typed_comes_back_after_signing_in_again(browse: Browse, form: dict[str, str]) -> None:
    again = browse(Role.DESK)
    offered = again.get(ADDRESS).content.decode()
    assert f"?draft={form['once']}" in offered
    assert "Yulesi" not in offered
    page = again.get(ADDRESS, {"draft": form["once"]}).content.decode()
    assert all(f'value="{form[name]}"' in page for name in ("given_names", "surnames", "birth", "origin", "once"))
    assert '<details class="register__more" open' in page
    assert not Person.objects.exists()


def test_it_lies_sealed_under_a_subject_of_its_own(form: dict[str, str]) -> None:
    draft = RegisterDraft.objects.get()
    assert b"Yulesi" not in bytes(draft.record.body)
    assert b"Yulesi" in FormDraft(typed=form).typed["given_names"].encode(), "the control"
    assert SealedRecord.objects.filter(subject=draft.record.subject).count() == 1
    assert not Person.objects.filter(pk=draft.record.subject).exists()


def test_keeping_again_leaves_no_earlier_version(browse: Browse, form: dict[str, str], desk: Actor) -> None:
    browse(Role.DESK).post(KEEP, form | {"given_names": "Yulesi Carolina"}, headers={"HX-Request": "true"})
    assert RegisterDraft.objects.count() == 1
    assert not EarlierVersion.objects.exists()
    held = services.open_draft(by=desk, form=uuid.UUID(form["once"]))
    assert held.typed["given_names"] == "Yulesi Carolina"


def test_nobody_else_is_offered_or_opens_it(site: Site, browse: Browse, form: dict[str, str]) -> None:
    other = cast.make_staff(site, Role.DESK, name="otra mesa")
    with pytest.raises(RegisterDraft.DoesNotExist):
        services.open_draft(by=cast.actor(other), form=uuid.UUID(form["once"]))
    assert services.drafts_of(cast.actor(other)) == []
    kept = services.keep_draft(
        by=cast.actor(other), form=uuid.UUID(form["once"]), draft=FormDraft(typed={"birth": "9"})
    )
    assert kept is None
    asked = browse(Role.DESK)
    assert asked.get(ADDRESS, {"draft": str(uuid.uuid4())}).status_code == 404
    assert asked.get(ADDRESS, {"draft": "nothing"}).status_code == 404


@pytest.mark.parametrize("how", ["saved", "discarded", "a day later", "the house opened"])
def test_it_goes_with_its_key(
    browse: Browse,
    form: dict[str, str],
    how: str,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    subject = RegisterDraft.objects.get().record.subject
    assert WrappedKey.objects.filter(subject=subject).exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context
        if how == "saved":
            assert browse(Role.DESK).post(ADDRESS, form).status_code == 302
        elif how == "discarded":
            browse(Role.DESK).post(KEEP, {"once": form["once"], "act": "discard"})
        else:
            later = clock.now() + timedelta(hours=26)
            monkeypatch.setattr(clock, "now", lambda: later)
            services.drafts.at_boot(lambda _done, _total: None)
    assert not RegisterDraft.objects.exists()
    assert not SealedRecord.objects.filter(subject=subject).exists()
    assert not WrappedKey.objects.filter(subject=subject).exists()


def test_it_is_there_for_the_whole_night(form: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(hours=23)
    monkeypatch.setattr(clock, "now", lambda: later)
    services.drafts.sweep()
    assert RegisterDraft.objects.exists()


def test_a_form_that_was_saved_is_not_kept_again(browse: Browse, form: dict[str, str]) -> None:
    client = browse(Role.DESK)
    client.post(ADDRESS, form)
    assert client.post(KEEP, form, headers={"HX-Request": "true"}).status_code == 204
    assert not RegisterDraft.objects.exists()


def test_an_empty_form_and_one_far_too_long_are_not_kept() -> None:
    assert draft_of({"once": "1", "company": "alone", "arrived_on": "1/2/2026", "line-1-relation": "child"}) is None
    assert draft_of({"given_names": "Y" * (MOST_TYPED + 1)}) is None
    assert draft_of({"given_names": "Y", "csrfmiddlewaretoken": "x"}) == FormDraft(typed={"given_names": "Y"})


def test_keeping_works_by_a_button_alone_and_is_written_down(browse: Browse) -> None:
    answer = browse(Role.DESK).post(KEEP, typed(given_names="Yulesi"), follow=True)
    assert answer.redirect_chain == [(ADDRESS, 302)]
    assert "Yulesi" not in answer.content.decode()
    assert RegisterDraft.objects.count() == 1
    assert audited(Act.REGISTER)


def test_the_browser_is_asked_to_remember_nothing(browse: Browse) -> None:
    page = browse(Role.DESK).get(ADDRESS).content.decode()
    form = page[page.index('<form class="register"') :]
    assert form[: form.index(">")].count('autocomplete="off"') == 1
    fields = [tag for tag in form.split("<input")[1:] if 'type="text"' in tag.split(">")[0]]
    assert fields
    assert all('autocomplete="off"' in tag.split(">")[0] for tag in fields)
