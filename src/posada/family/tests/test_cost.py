"""What the pages of this room, and Today, ask of the database: no more questions when there are more rows."""

import re
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import cast
from tests.permissions.harmed import harmed
from tests.permissions.matrix import ROWS
from tests.permissions.outside import knock
from tests.permissions.test_matrix import LETTER
from tests.permissions.world import CANARY, Case, build, entrust, make_case

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site, User
from posada.accounts.permissions import system_actor
from posada.desk import frame
from posada.family import services as family
from posada.family.models import CallSlot, Enquirer, MessageContent, Proposal, Relative, Sought
from posada.family.rules.messages import MessageKind, Way
from posada.family.services.messages import write_message
from posada.family.services.slots import give_slot
from posada.ground import clock

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
MORE = 6
SPREAD = 3  # a list that was empty before asks for what it holds
TODAY = "desk:today"
LOOKED_AT = {TODAY} | {
    f"family:{page}"
    for page in (
        *("watch", "relatives", "card", "calls", "person_calls", "messages", "requests", "request", "work_list"),
        *("proposal", "to_tell", "tree", "harm", "callers", "callers_poster", "enquiries", "referrals", "press"),
    )
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What one page asked for one role."""

    name: str
    role: Role
    questions: tuple[str, ...]


@pytest.fixture
def cases(site: Site, staff: dict[Role, User]) -> dict[str, Case]:
    return build(site, cast.make_site(code="otra"), staff)


def _pages() -> list[tuple[str, Role]]:
    """Today, and every page of this room, for every role that may open it."""
    asked = []
    for name, row in sorted(ROWS.items()):
        if row.open or row.get is None or not (name.startswith("family:") or name == TODAY):
            continue
        letters = row.get if isinstance(row.get, str) else row.get["assigned"]
        asked += [(name, role) for role in Role if LETTER[role] in letters]
    return asked


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
    session.save()
    return client


def _ask(case: Case, staff: dict[Role, User]) -> list[Asked]:
    clients = {role: _client(user) for role, user in staff.items()}
    found = []
    for name, role in _pages():
        address = reverse(name, kwargs=ROWS[name].args(case))
        clients[role].get(address)
        frame.forget_all_counts()
        with CaptureQueriesContext(connection) as asked:
            answer = clients[role].get(address)
        assert answer.status_code < 500, name
        shown = answer.status_code == 200
        found.append(Asked(name, role, tuple(query["sql"] for query in asked) if shown else ()))
    return found


def _more(case: Case, staff: dict[Role, User], site: Site) -> None:
    """Residents more, each with one of everything; and as many more of everything on the resident who is looked at."""
    by, manager = system_actor(site.pk), cast.actor(staff[Role.SITE_MANAGER])
    for count in range(MORE):
        other = make_case(by, manager, f"Otro {count}", f"Cuarto {5 + count}")
        for role in (Role.CASEWORKER, Role.LAWYER):
            entrust(staff[role], other)
        Proposal.objects.create(
            id=uuid.uuid4(),
            request=case.request,
            person=other.person,
            against="person",
            band="likely",
            sought_version=1,
            candidate_version=1,
            proposed_on=clock.today(),
        )
        _hang_on(case, staff, count, thing=other.slot)


def _hang_on(case: Case, staff: dict[Role, User], count: int, *, thing: CallSlot) -> None:
    """One more of each kind that hangs on this resident and on this card."""
    by, words = system_actor(case.person.site_id), MessageContent(language="es", text=f"{CANARY}Mensaje")
    write_message(by=by, card=case.card, kind=MessageKind.LETTER, way=Way.WHATSAPP, content=words)
    harmed(by, case.card, CANARY)
    knock(by, case.card, CANARY)
    give_slot(by=by, person=case.person, thing=thing.thing, day=clock.today() + timedelta(days=1), quarter=60 + count)
    card = family.add_relative(by=by, person=case.person, content=Relative(who=f"{CANARY}Tía", interval_hours=48))
    write_message(by=by, card=card, kind=MessageKind.LETTER, way=Way.WHATSAPP, content=words)
    sought, asks = Sought(given_names=f"{CANARY}{count}", birth="1987"), Enquirer(name=f"{CANARY}Hermana")
    request = family.open_request(by=by, enquirer=asks, sought=sought, resident=case.person)
    for role in (Role.CASEWORKER, Role.LAWYER):
        for subject in (card.record.subject, request.enquirer.subject, request.sought.subject):
            accounts.assign(user_id=staff[role].pk, site_id=case.person.site_id, subject=subject)


def _growing(before: Asked, after: Asked) -> str:
    """The question that is asked oftener when there are more rows, without its values."""
    grown = Counter(_shape(sql) for sql in after.questions) - Counter(_shape(sql) for sql in before.questions)
    return (
        f"{after.name} for {after.role}: {len(before.questions)}, then {len(after.questions)}: {grown.most_common(2)}"
    )


def _shape(sql: str) -> str:
    return re.sub(r"'[^']*'|\b\d+\b|\([^()]*\)", "_", sql)[:300]


def test_no_page_asks_more_questions_when_there_are_more_rows(
    site: Site, staff: dict[Role, User], cases: dict[str, Case]
) -> None:
    began, case = time.monotonic(), cases["assigned"]
    few = _ask(case, staff)
    _more(case, staff, site)
    pairs = list(zip(few, _ask(case, staff), strict=True))
    assert {before.name for before, after in pairs if before.questions and after.questions} >= LOOKED_AT
    most = max(pairs, key=lambda pair: len(pair[1].questions))[1]
    print(f"{len(pairs)} pages and roles, at most {len(most.questions)} questions, {time.monotonic() - began:.0f} s")
    assert [_growing(*pair) for pair in pairs if len(pair[1].questions) > len(pair[0].questions) + SPREAD] == []
