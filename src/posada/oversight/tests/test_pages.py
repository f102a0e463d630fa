"""The auditor's pages, the manager's counts, one's own acts, the shift sheet, and who saw a file."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused
from posada.audit import heads, services
from posada.audit.models import AuditEntry
from posada.audit.services import Event, Result
from posada.oversight.models import AccessReview
from posada.oversight.queries import trail
from posada.oversight.rules.sentences import short_pseudonym
from posada.oversight.services import NotStaff, review_access, verify_chain
from posada.people import queries as people_queries
from posada.people import services as people
from posada.people.models import Identity, Person, Sex
from posada.vault import head_words, keyring

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
NAME = "Yulesi Canelones"


@pytest.fixture
def person(actors: dict[Role, Actor], staff: dict[Role, User], site: Site) -> Person:
    identity = Identity(given_names="Yulesi", surnames="Canelones", sex=Sex.FEMALE, birth="1990")
    found = people.register_person(by=actors[Role.DESK], identity=identity)
    accounts.assign(user_id=staff[Role.CASEWORKER].pk, site_id=site.pk, subject=found.pk)
    people_queries.identity_of(found, by=actors[Role.CASEWORKER])
    return found


def _text(client: Client, name: str, query: str = "", **kwargs: int) -> str:
    answer = client.get(reverse(name, kwargs=kwargs) + query, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_auditor_reads_sentences_without_a_person(person: Person, browse: Browse) -> None:
    text = _text(browse(Role.AUDITOR), "oversight:trail")
    pseudonym = keyring.pseudonym(person.pk)
    assert f"Beatriz opened the file of {short_pseudonym(pseudonym)}" in text
    assert "Amaru registered" in text
    for word in ("Yulesi", "Canelones", str(person.number)):
        assert word not in text


def test_it_is_narrowed_by_user_act_day_and_pseudonym(person: Person, browse: Browse, staff: dict[Role, User]) -> None:
    client, pseudonym = browse(Role.AUDITOR), keyring.pseudonym(person.pk)
    only_user = _text(client, "oversight:trail", f"?user={staff[Role.CASEWORKER].pk}")
    assert "Beatriz opened" in only_user
    assert "Amaru registered" not in only_user
    only_act = _text(client, "oversight:trail", f"?act={Act.REGISTER.value}")
    assert "Amaru registered" in only_act
    assert "Beatriz opened" not in only_act
    assert "Beatriz opened" in _text(client, "oversight:trail", f"?about={short_pseudonym(pseudonym)}")
    assert "Nothing was written down that fits" in _text(client, "oversight:trail", "?day=2001-02-03")
    assert "This is no pseudonym" in _text(client, "oversight:trail", "?about=Canelones")


def test_pages_are_stable_while_entries_come_in(site: Site) -> None:
    for number in range(130):
        services.write(Event(act=Act.SEARCH, actor=1, site=site.pk, count=number))
    first = trail.page(site.pk, trail.Narrowed())
    services.write(Event(act=Act.SEARCH, actor=1, site=site.pk))
    second = trail.page(site.pk, trail.Narrowed(), before=first.before)
    third = trail.page(site.pk, trail.Narrowed(), before=second.before)
    sequences = [line.sequence for page in (first, second, third) for line in page.lines]
    assert sequences == sorted(sequences, reverse=True)
    assert len(set(sequences)) == len(sequences) >= 130
    assert third.before is None


def test_entries_of_another_house_do_not_stand_here(site: Site) -> None:
    services.write(Event(act=Act.SEAL, actor=1, site=site.pk + 1), Event(act="vault.unlock", role="system"))
    acts = {line.sentence for line in trail.page(site.pk, trail.Narrowed()).lines}
    assert any("house was opened" in act or "casa se abrió" in act for act in acts)
    assert not any("sealed" in act or "selló" in act for act in acts)


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.AUDITOR, "oversight:trail"),
        (Role.AUDITOR, "oversight:unusual"),
        (Role.AUDITOR, "oversight:chain"),
        (Role.AUDITOR, "oversight:access"),
        (Role.AUDITOR, "oversight:shift_sheet"),
        (Role.SITE_MANAGER, "oversight:summary"),
        (Role.LAWYER, "oversight:mine"),
    ],
)
def test_no_page_asks_the_database_more_than_twenty_times(
    role: Role,
    name: str,
    browse: Browse,
    site: Site,
    staff: dict[Role, User],
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    users = [user.pk for user in staff.values()]
    for number in range(80):
        actor = users[number % len(users)]
        services.write(Event(act=Act.READ_IDENTITY, actor=actor, site=site.pk, subject=f"{number:016x}"))
    client = browse(role)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name)).status_code == 200
    questions = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(questions) <= 20


def test_looking_at_the_trail_is_written_down_with_the_pseudonym_looked_for(person: Person, browse: Browse) -> None:
    pseudonym = keyring.pseudonym(person.pk)
    _text(browse(Role.AUDITOR), "oversight:trail", f"?about={pseudonym}")
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert (entry.act, entry.subject) == (Act.READ_TRAIL, pseudonym)


def test_the_unusual_stands_on_top_with_its_figures(browse: Browse, staff: dict[Role, User], site: Site) -> None:
    reader = staff[Role.TRACING_OFFICER].pk
    for number in range(38):
        services.write(
            Event(act=Act.READ_IDENTITY, actor=reader, role="tracing_officer", site=site.pk, subject=f"{number:016x}")
        )
    text = _text(browse(Role.AUDITOR), "oversight:trail")
    assert "Opened 38 persons" in text
    assert text.index("Opened 38 persons") < text.index("Everything, newest first")


def test_who_saw_my_file_names_day_role_and_act(person: Person, browse: Browse) -> None:
    client = browse(Role.CASEWORKER)
    text = _text(client, "oversight:file_trail", number=person.number)
    assert "Caseworker: Beatriz" in text
    assert "Opening a file" in text
    printed = client.get(reverse("oversight:file_trail_print", args=[person.number]) + "?in=es").content.decode()
    assert "Quién vio mi expediente" in printed
    assert "Beatriz" in printed
    last = AuditEntry.objects.order_by("-sequence")[0]
    assert (last.act, last.reason, last.subject) == (Act.READ_FILE_TRAIL, "print", keyring.pseudonym(person.pk))
    with override_settings(FILE_TRAIL_SHOWS_NAMES=False):
        anonymous = _text(client, "oversight:file_trail_print", "?in=en", number=person.number)
    assert "Beatriz" not in anonymous
    assert "Caseworker" in anonymous


def test_one_sees_what_one_did_and_not_that_an_alarm_was_raised(
    browse: Browse, staff: dict[Role, User], site: Site
) -> None:
    services.write(
        Event(act=Act.SEARCH, actor=staff[Role.DESK].pk, site=site.pk, role="desk"),
        Event(act=trail.ALARM, actor=staff[Role.DESK].pk, site=site.pk, role="system"),
        Event(act=Act.SEAL, actor=staff[Role.SITE_MANAGER].pk, site=site.pk),
    )
    text = _text(browse(Role.DESK), "oversight:mine")
    assert "Amaru searched" in text
    assert "alarm" not in text
    assert "sealed" not in text
    assert "An alarm was raised about what Amaru did" in _text(browse(Role.AUDITOR), "oversight:trail")


def test_the_manager_sees_counts_and_no_single_reading(person: Person, browse: Browse) -> None:
    text = _text(browse(Role.SITE_MANAGER), "oversight:summary")
    assert "Opening a file" in text
    for word in ("Beatriz", "Amaru", short_pseudonym(keyring.pseudonym(person.pk))):
        assert word not in text.partition("<main")[2]


def test_a_review_is_kept_and_written_down_once_a_day(actors: dict[Role, Actor], staff: dict[Role, User]) -> None:
    auditor, reviewed = actors[Role.AUDITOR], staff[Role.DESK]
    for _turn in range(2):
        review_access(by=auditor, user_id=reviewed.pk)
    assert AccessReview.objects.filter(user=reviewed).count() == 1
    assert AuditEntry.objects.filter(act=Act.REVIEW_ACCESS, subject=keyring.pseudonym(reviewed.subject)).count() == 1
    with pytest.raises(NotStaff):
        review_access(by=auditor, user_id=987_654)
    with pytest.raises(Refused):
        review_access(by=actors[Role.SITE_MANAGER], user_id=reviewed.pk)


def test_access_shows_what_is_unused_and_due(browse: Browse, person: Person) -> None:
    text = _text(browse(Role.AUDITOR), "oversight:access")
    assert "Beatriz" in text
    assert "1 file entrusted" in text
    assert "never used" in text
    assert "review due" in text
    answer = browse(Role.AUDITOR).post(reverse("oversight:reviewed", args=[User.objects.order_by("pk")[0].pk]))
    assert answer.status_code == 302
    assert "reviewed on" in _text(browse(Role.AUDITOR), "oversight:access")


def test_the_shift_sheet_counts_and_names_no_person(person: Person, browse: Browse) -> None:
    text = _text(browse(Role.DESK), "oversight:shift_sheet").partition("<main")[2]
    standing = heads.standing()
    assert f"<strong>{standing.entries}</strong>" in text
    for word in head_words.words_of(standing.head).split():
        assert f"<li>{word}</li>" in text
    for word in ("Yulesi", "Canelones", str(person.number), "Beatriz"):
        assert word not in text


def _sheet() -> tuple[int, str]:
    standing = heads.standing()
    return standing.entries, head_words.words_of(standing.head)


def _compare(browse: Browse, entries: int | str, words: str) -> str:
    client = browse(Role.AUDITOR)
    data = {"entries": str(entries), "words": words}
    answer = client.post(reverse("oversight:chain"), data, headers={"accept-language": "en"})
    return str(answer.content.decode())


def test_an_earlier_sheet_agrees_however_it_is_typed(browse: Browse, site: Site) -> None:
    services.write(Event(act=Act.SEARCH, site=site.pk))
    entries, words = _sheet()
    services.write(Event(act=Act.SEARCH, site=site.pk))
    text = _compare(browse, entries, f"  {words.upper()} ".replace(" ", "  "))
    assert f"Everything up to entry {entries} is as it was printed" in text


def test_a_sheet_that_does_not_agree_is_said_plainly(browse: Browse, site: Site) -> None:
    services.write(Event(act=Act.SEARCH, site=site.pk))
    entries, words = _sheet()
    assert "the end was cut off" in _compare(browse, entries + 500, words)
    assert "is not the one that was printed" in _compare(browse, entries - 1, words)


def test_words_typed_wrong_are_named_by_their_place(browse: Browse, site: Site) -> None:
    services.write(Event(act=Act.SEARCH, site=site.pk))
    entries, words = _sheet()
    typed = words.split()
    typed[3] = "xxyyzz"
    assert "stand at these places: 4" in _compare(browse, entries, " ".join(typed))
    assert "twelve words; here stand 2" in _compare(browse, entries, "two words")
    assert "whole number" in _compare(browse, "many", words)


def test_without_a_sheet_it_says_that_a_cut_end_cannot_be_seen(browse: Browse, site: Site) -> None:
    services.write(Event(act=Act.SEARCH, site=site.pk))
    answer = browse(Role.AUDITOR).post(reverse("oversight:chain"), {"verify": "1"}, headers={"accept-language": "en"})
    assert "nobody can see whether the end was cut off" in answer.content.decode()


def test_a_verification_is_written_down(actors: dict[Role, Actor]) -> None:
    services.write(Event(act=Act.SEARCH))
    found = verify_chain(by=actors[Role.AUDITOR])
    entry = AuditEntry.objects.order_by("-sequence")[0]
    assert (entry.act, entry.reason, entry.result, entry.count) == (
        Act.READ_TRAIL,
        "chain:whole",
        Result.DONE,
        found.entries,
    )


def test_the_frame_leads_the_auditor_there(browse: Browse) -> None:
    text = _text(browse(Role.AUDITOR), "desk:today")
    for name in ("trail", "chain", "access", "shift_sheet", "mine"):
        assert reverse(f"oversight:{name}") in text
    assert f'"{reverse("oversight:trail")}"' not in _text(browse(Role.SITE_MANAGER), "desk:today")


def test_twelve_words_are_those_of_one_head() -> None:
    head = "ab" * 32
    words = head_words.words_of(head)
    assert len(words.split()) == 12
    assert head_words.is_of(words.title(), head)
    assert not head_words.is_of(words, "ac" + "ab" * 31)
    with translation.override("es"):
        assert head_words.words_of(head) == words
