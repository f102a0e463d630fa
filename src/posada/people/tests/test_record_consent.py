"""Consent: one answer for each purpose, asked in private, changed at any time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.people import queries, services
from posada.people.models import Answer, Consent, ConsentPurpose, Person
from posada.people.tests.shared import DATABASES, audited

pytestmark = pytest.mark.django_db(databases=DATABASES)
Browse = Callable[[Role], Client]
ALL: dict[str, Any] = {
    "be_found": "yes",
    "share_with_tracing": "no",
    "referral": "yes",
    "how": "spoken",
    "language": "Wayuunaiki",
}


def ask(browse: Browse, person: Person, *, role: Role = Role.DESK, **answers: Any) -> int:
    """Send the answers."""
    return browse(role).post(f"/people/{person.number}/consent/", {"how": "spoken", **answers}).status_code


def test_every_purpose_has_its_own_answer(browse: Browse, desk: Actor, yulesi: Person) -> None:
    assert ask(browse, yulesi, **ALL) == 302
    yulesi.refresh_from_db()
    held = queries.consents_of(yulesi, by=desk)
    assert held.answer_to(ConsentPurpose.BE_FOUND).answer is Answer.YES
    assert held.answer_to(ConsentPurpose.SHARE_WITH_TRACING).answer is Answer.NO
    assert held.answer_to(ConsentPurpose.BE_FOUND).language == "Wayuunaiki"
    assert yulesi.consent_due_on is None
    assert len(audited(Act.RECORD_CONSENT)) == 1


def test_what_was_put_off_is_still_to_be_asked(browse: Browse, desk: Actor, yulesi: Person) -> None:
    ask(browse, yulesi, be_found="yes", share_with_tracing="not_asked")
    yulesi.refresh_from_db()
    assert yulesi.consent_due_on is not None
    assert list(queries.consent_due(desk)) == [yulesi]


def test_a_yes_can_become_a_no_and_the_history_says_so(browse: Browse, desk: Actor, yulesi: Person) -> None:
    ask(browse, yulesi, **ALL)
    ask(browse, yulesi, **{**ALL, "be_found": "no"})
    yulesi.refresh_from_db()
    assert queries.consents_of(yulesi, by=desk).answer_to(ConsentPurpose.BE_FOUND).answer is Answer.NO
    assert len([one for one in queries.history_of(yulesi, by=desk) if one.difference.field == "be_found"]) == 2


def test_an_answer_that_did_not_change_keeps_its_witness(desk: Actor, yulesi: Person) -> None:
    first = Consent(ConsentPurpose.BE_FOUND, Answer.YES, how="mark", witness="Elías")
    services.record_consent(by=desk, person=yulesi, answers=[first])
    yulesi.refresh_from_db()
    again = Consent(ConsentPurpose.BE_FOUND, Answer.YES, how="spoken")
    services.record_consent(by=desk, person=yulesi, answers=[again])
    yulesi.refresh_from_db()
    assert queries.consents_of(yulesi, by=desk).answer_to(ConsentPurpose.BE_FOUND).witness == "Elías"


def test_a_mark_counts_with_a_witness(browse: Browse, yulesi: Person) -> None:
    assert ask(browse, yulesi, be_found="yes", how="mark") == 422
    assert ask(browse, yulesi, be_found="yes", how="mark", witness="Elías") == 302


def test_nothing_is_ticked_before_it_was_asked(browse: Browse, yulesi: Person) -> None:
    page = browse(Role.DESK).get(f"/people/{yulesi.number}/consent/").content.decode()
    assert page.count('value="not_asked"') == 3
    for tick in page.split("<input")[1:]:
        cell = tick.split(">")[0]
        if "checked" in cell:
            assert 'value="not_asked"' in cell or 'value="spoken"' in cell


def test_an_answer_that_is_none_is_refused(browse: Browse, yulesi: Person) -> None:
    assert ask(browse, yulesi, be_found="perhaps") == 422
    assert ask(browse, yulesi, be_found="yes", how="shouted") == 422


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_who_has_nothing_to_do_with_it_is_refused(browse: Browse, yulesi: Person, role: Role) -> None:
    assert ask(browse, yulesi, role=role, **ALL) == 403
    assert browse(role).get(f"/people/{yulesi.number}/consent/").status_code == 403
