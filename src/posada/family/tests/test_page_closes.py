"""What speaks against a page after it was prepared closes it; words of alarm in its reply wait for nobody."""

from typing import Any

import msgspec
import pytest

from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.family import services as family
from posada.family.models import Appearance, PageState, Relative, RelativePage, Risk
from posada.family.models.harm import Medium
from posada.family.rules.page_refusals import PageRefusal, PageRefused
from posada.family.rules.silence import Watch
from posada.family.services import page_door, pages
from posada.family.services import press as press_file
from posada.family.tests.people_here import make_person
from posada.family.tests.test_relative_page import KIN, WORD, make_card, prepare
from posada.ground import ids
from posada.people.models import Person
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def resident(site: Site) -> Person:
    return make_person(site)


@pytest.mark.parametrize("since", [{"hold": True}, {"alarmed": True}, {"risk_level": Risk.HIGH}, {"country": "VE"}])
def test_a_page_that_waits_is_closed_once_none_could_be_made(resident: Person, since: dict[str, Any]) -> None:
    made, by = prepare(card := make_card(resident)), system_actor(resident.site_id)
    changed = msgspec.structs.replace(KIN, **since)
    family.change_agreement(by=by, card=card, content=changed, expected=card.record.version)
    page = RelativePage.objects.get(pk=made.page.pk)
    assert (page.state, page.record) == (PageState.CLOSED, None)
    assert page_door.knock(code=made.code, word=WORD) is None


def test_a_page_stays_open_when_nothing_speaks_against_it(resident: Person) -> None:
    made, by = prepare(card := make_card(resident)), system_actor(resident.site_id)
    changed = msgspec.structs.replace(KIN, note="está en el mercado")
    family.change_agreement(by=by, card=card, content=changed, expected=card.record.version)
    assert page_door.knock(code=made.code, word=WORD) is not None


def test_what_appeared_in_the_press_closes_a_page_and_lets_none_be_made(resident: Person) -> None:
    made, by = prepare(card := make_card(resident)), system_actor(resident.site_id)
    said = Appearance(id=ids.new_id(), on="2019-02-20", medium=Medium.RADIO)
    held = press_file.note_appearance(by=by, resident=resident, said=said)
    assert page_door.knock(code=made.code, word=WORD) is None
    with pytest.raises(PageRefused) as refused:
        prepare(card)
    assert refused.value.why is PageRefusal.RISK
    assert pages.close_all_that_may_not_be_opened(resident.site_id) == 1
    press_file.lower(by=by, resident=held.resident, appearance=said.id, why="Fue otra persona.")
    assert page_door.knock(code=prepare(card).code, word=WORD) is not None


@pytest.mark.parametrize(("text", "alarmed"), [("Todo bien. LLUEVE  mucho.", True), ("Todo bien.", False)])
def test_the_words_of_alarm_in_a_reply_stand_on_the_card_before_anybody_read_it(
    resident: Person, text: str, *, alarmed: bool
) -> None:
    made = prepare(card := make_card(resident))
    shown = page_door.knock(code=made.code, word=WORD)
    assert shown is not None
    page_door.reply(ticket=shown.ticket, text=text)
    card.refresh_from_db()
    said = open_record(card.record, Relative, by=system_actor(resident.site_id), reason=Reason.SYSTEM)
    assert said.alarmed is alarmed
    assert (card.watch is Watch.WORRYING) is alarmed
    assert RelativePage.objects.get().reply is not None
