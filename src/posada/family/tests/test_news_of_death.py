"""A death is never announced by the system: it needs a source, a second person and a human voice (family links, 8)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts import approvals
from posada.accounts.acts import Role
from posada.accounts.approvals import NotAgreed, NotAllowed, SamePerson, StaleApproval
from posada.accounts.models import Approval, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.desk.agreeing import title_of
from posada.desk.waiting import tasks_for
from posada.family.models import DeathNews, DeathWords, PersonNote, Proposal, Relative, TracingRequest, WatchCard
from posada.family.queries import enquirer_answer
from posada.family.queries.deaths import confirmed_death_of, news_about, words_of
from posada.family.rules.deaths import By, Knows, Stage, Told, may_confirm
from posada.family.rules.silence import Watch
from posada.family.services import deaths, import_note
from posada.family.tests.people_here import entrust, make_card, make_person, make_proposal, make_request
from posada.ground import clock
from posada.people.models import Identity, Person
from posada.records.door import Reason, open_record
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]

SEEN = DeathWords(
    source="la hermana Rosa", knows=Knows.SAW, first_hand=True, checked="Beatriz habló con ella", place="Ureña"
)
HEARSAY = DeathWords(source="un vecino", knows=Knows.HEARD)
TOLD = Told(clock.today(), By.FACE, "la hija", "Beatriz", "la psicóloga")


@pytest.fixture
def person(site: Site, staff: dict[Role, User]) -> Person:
    made = make_person(site, Identity(given_names="Alba", surnames="Quintero", birth="1990"))
    entrust(staff[Role.CASEWORKER], made.pk, site)
    return made


@pytest.fixture
def card(site: Site, person: Person, staff: dict[Role, User]) -> WatchCard:
    made = make_card(site, person, Relative(who="Carmen P.", interval_hours=48))
    entrust(staff[Role.CASEWORKER], made.pk, site)
    return WatchCard.objects.select_related("record", "resident").get(pk=made.pk)


@pytest.fixture
def worker(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.CASEWORKER]


def _confirmed(news: DeathNews, by: Actor, second: Actor) -> DeathNews:
    asked = deaths.ask_to_confirm(by=by, news=news)
    approvals.agree(by=second, approval=asked)
    return deaths.confirm(by=by, approval=asked)


def _content(card: WatchCard) -> Relative:
    row = WatchCard.objects.select_related("record").get(pk=card.pk)
    return open_record(row.record, Relative, by=system_actor(row.site_id), reason=Reason.SYSTEM)


def test_an_unverified_sighting_never_changes_anyones_status(
    site: Site, card: WatchCard, worker: Actor, actors: dict[Role, Actor]
) -> None:
    """Watch, silence, proposals, requests and answers stand as they stood, whoever noted what."""
    proposal = make_proposal(site)
    request, officer = proposal.request, actors[Role.TRACING_OFFICER]

    def stands() -> object:
        row = WatchCard.objects.get(pk=card.pk)
        return (
            (row.state, row.silent_from, row.unheard_on, row.sequence),
            _content(card),
            list(Proposal.objects.values()),
            list(TracingRequest.objects.values()),
            enquirer_answer(request),
        )

    before = stands()
    for content in (HEARSAY, SEEN):
        deaths.note_death(by=worker, about=card, content=content)
        deaths.note_death(by=officer, about=request, content=content)
        deaths.note_death(by=officer, about=proposal.person or make_person(site), content=content)
    import_note(by=system_actor(site.pk), person=card.resident, content=PersonNote(text="believed_dead"))
    assert stands() == before
    assert DeathNews.objects.filter(state=Stage.NOTED.value).count() == 6
    assert not confirmed_death_of(officer, request=request, person=proposal.person)


@pytest.mark.parametrize("knows", list(Knows))
@pytest.mark.parametrize("first_hand", [True, False])
def test_hearsay_a_list_or_nobody_at_first_hand_confirms_nothing(
    card: WatchCard, worker: Actor, knows: Knows, first_hand: bool
) -> None:
    content = DeathWords(source="alguien", knows=knows, first_hand=first_hand, checked="x")
    news = deaths.note_death(by=worker, about=card, content=content)
    enough = knows in {Knows.SAW, Knows.PAPER} and first_hand
    assert may_confirm(knows, first_hand=first_hand) == enough
    if enough:
        deaths.ask_to_confirm(by=worker, news=news)
        return
    with pytest.raises(deaths.NotEnough):
        deaths.ask_to_confirm(by=worker, news=news)
    assert not Approval.objects.exists()


def test_two_persons_confirm_it_and_never_one(card: WatchCard, worker: Actor, actors: dict[Role, Actor]) -> None:
    news = deaths.note_death(by=worker, about=card, content=SEEN)
    asked = deaths.ask_to_confirm(by=worker, news=news)
    with pytest.raises(NotAgreed):
        deaths.confirm(by=worker, approval=asked)
    with pytest.raises(SamePerson):
        approvals.agree(by=worker, approval=asked)
    for role in (Role.DESK, Role.AUDITOR):
        with pytest.raises(Refused):
            approvals.agree(by=actors[role], approval=asked)
    approvals.agree(by=actors[Role.SITE_MANAGER], approval=asked)
    with pytest.raises((NotAllowed, Refused)):
        deaths.confirm(by=actors[Role.SITE_MANAGER], approval=asked)
    assert deaths.confirm(by=worker, approval=asked).stage is Stage.CONFIRMED
    with pytest.raises(NotAllowed):
        deaths.confirm(by=worker, approval=asked)


def test_what_was_withdrawn_meanwhile_cannot_be_confirmed(
    card: WatchCard, worker: Actor, actors: dict[Role, Actor]
) -> None:
    news = deaths.note_death(by=worker, about=card, content=SEEN)
    asked = deaths.ask_to_confirm(by=worker, news=news)
    approvals.agree(by=actors[Role.SITE_MANAGER], approval=asked)
    deaths.withdraw_news(by=worker, news=news, why="Era otra.")
    with pytest.raises(StaleApproval):
        deaths.confirm(by=worker, approval=asked)
    with pytest.raises(Stale):
        deaths.withdraw_news(by=worker, news=news, why="Otra vez.")


def test_nothing_is_told_before_two_confirmed_it(card: WatchCard, worker: Actor, actors: dict[Role, Actor]) -> None:
    news = deaths.note_death(by=worker, about=card, content=SEEN)
    with pytest.raises(deaths.NotConfirmed):
        deaths.note_told(by=worker, news=news, told=TOLD)
    _confirmed(news, worker, actors[Role.LAWYER])
    assert WatchCard.objects.get(pk=card.pk).watch is Watch.WATCHED, "confirmed is not told"
    assert _content(card).ended_on is None
    deaths.note_told(by=worker, news=news, told=TOLD)
    row = WatchCard.objects.get(pk=card.pk)
    assert (row.watch, row.silent_from, _content(card).ended_on) == (Watch.STOPPED, None, clock.today())
    held = words_of(DeathNews.objects.select_related("record").get(), by=worker)
    assert (held.told_how, held.told_by, held.with_whom) == (By.FACE, "Beatriz", "la psicóloga")


def test_after_it_was_told_the_card_asks_nothing_more_of_anybody(
    card: WatchCard, worker: Actor, actors: dict[Role, Actor], browse: Browse
) -> None:
    news = _confirmed(deaths.note_death(by=worker, about=card, content=SEEN), worker, actors[Role.LAWYER])
    deaths.note_told(by=worker, news=news, told=TOLD)
    listed = browse(Role.CASEWORKER).get(reverse("family:relatives", args=[card.resident.number]))
    shown = listed.context["cards"][0]
    assert (shown.acts, shown.reach, shown.planned, shown.may_call) == ((), "", "", False)
    assert browse(Role.CASEWORKER).get(reverse("family:card", args=[card.pk])).status_code == 200


@pytest.mark.parametrize("state", [Watch.WATCHED, Watch.WORRYING, Watch.STOPPED])
def test_wrong_news_is_taken_back_and_the_watch_stands_as_before(
    card: WatchCard, worker: Actor, actors: dict[Role, Actor], state: Watch
) -> None:
    WatchCard.objects.filter(pk=card.pk).update(state=state.value)
    news = _confirmed(deaths.note_death(by=worker, about=card, content=SEEN), worker, actors[Role.LAWYER])
    deaths.note_told(by=worker, news=news, told=TOLD)
    deaths.withdraw_news(by=worker, news=news, why="Llamó ella misma.")
    row = WatchCard.objects.get(pk=card.pk)
    assert row.watch is state
    assert _content(card).ended_on is None
    assert (row.silent_from is None) == (state is Watch.STOPPED)


def test_a_request_closes_when_the_person_says_so_and_not_by_the_news(site: Site, actors: dict[Role, Actor]) -> None:
    request, officer = make_request(site), actors[Role.TRACING_OFFICER]
    before = TracingRequest.objects.values().get()
    news = _confirmed(deaths.note_death(by=officer, about=request, content=SEEN), officer, actors[Role.SITE_MANAGER])
    deaths.note_told(by=officer, news=news, told=TOLD)
    assert TracingRequest.objects.values().get() == before


def test_a_person_both_sought_and_deceased_warns_the_officer_and_the_answer_stays_the_same_bytes(
    site: Site, actors: dict[Role, Actor], browse: Browse, worker: Actor
) -> None:
    proposal = make_proposal(site)
    request, officer = proposal.request, actors[Role.TRACING_OFFICER]
    address = reverse("family:answer", args=[request.number])

    def answer() -> bytes:
        found = browse(Role.TRACING_OFFICER).get(address)
        return b"|".join(str(line).encode() for line in found.context["answer"])

    before = answer()
    news = deaths.note_death(by=officer, about=request, content=SEEN)
    assert not confirmed_death_of(officer, request=request, person=proposal.person)
    news = _confirmed(news, officer, actors[Role.SITE_MANAGER])
    assert confirmed_death_of(officer, request=request, person=proposal.person)
    assert not confirmed_death_of(worker, request=request, person=proposal.person), "only who may know"
    assert answer() == before
    deaths.note_told(by=officer, news=news, told=TOLD)
    assert answer() == before
    deaths.withdraw_news(by=officer, news=news, why="Era otra.")
    assert not confirmed_death_of(officer, request=request, person=proposal.person)


def test_nothing_on_today_or_any_list_says_a_death(
    card: WatchCard, worker: Actor, actors: dict[Role, Actor], browse: Browse, settings: LazySettings
) -> None:
    """Every list of everybody is the same with the news as without it; who is to agree reads a neutral line."""
    settings.ALARMS = {**settings.ALARMS, "refused": 10_000}  # the many lists that this test is refused are no thief
    names = ["desk:today", "family:home", "family:watch", "family:referrals", "family:requests"]
    lists = [reverse(name) for name in names] + [reverse("family:relatives", args=[card.resident.number])]

    def seen() -> set[object]:
        return {
            (role, address, answer.status_code, answer.context and str(answer.context.get("tasks", "")))
            for role in set(Role) - {Role.AUDITOR}  # whose Today counts readings: these, too
            for address in lists
            for answer in [browse(role).get(address)]
        }

    before = seen()
    news = deaths.note_death(by=worker, about=card, content=SEEN)
    assert seen() == before
    asked = deaths.ask_to_confirm(by=worker, news=news)
    for line in [title_of(asked), *(str(task) for actor in actors.values() for task in tasks_for(actor))]:
        assert not any(word in line.lower() for word in ("death", "dead", "died", "muert", "falleci", "difunt"))
    approvals.agree(by=actors[Role.SITE_MANAGER], approval=asked)
    deaths.confirm(by=worker, approval=asked)
    assert seen() == before
    for address in lists:
        for role in Role:
            page = browse(role).get(address).content.decode().lower()
            assert not any(word in page for word in ("fallec", "muert", " died", "death"))


def test_only_who_reads_the_card_knows_of_a_relatives_death(
    site: Site, card: WatchCard, worker: Actor, actors: dict[Role, Actor], browse: Browse, staff: dict[Role, User]
) -> None:
    news = deaths.note_death(by=worker, about=card, content=SEEN)
    assert news_about(worker, card) == [news]
    entrust(staff[Role.LAWYER], card.resident_id, site)
    for role in set(Role) - {Role.CASEWORKER}:
        assert browse(role).get(reverse("family:news", args=[news.pk])).status_code in {403, 404}
        with pytest.raises(Refused):
            words_of(news, by=actors[role])
        with pytest.raises(Refused):
            deaths.note_death(by=actors[role], about=card, content=SEEN)
    stranger = cast.actor(cast.make_staff(site, Role.CASEWORKER, name="Gaspar"))
    assert news_about(stranger, card) == []


def test_who_agrees_reads_on_what_it_rests_and_no_name(card: WatchCard, worker: Actor, browse: Browse) -> None:
    news = deaths.note_death(by=worker, about=card, content=SEEN)
    asked = deaths.ask_to_confirm(by=worker, news=news)
    page = browse(Role.SITE_MANAGER).get(reverse("desk:approval", args=[asked.pk])).content.decode()
    assert str(card.resident.number) in page
    for word in ("Carmen", "Rosa", "Ureña", "Beatriz habló"):
        assert word not in page
    mine = browse(Role.CASEWORKER).get(reverse("desk:approval", args=[asked.pk]))
    assert mine.status_code == 200


def test_the_whole_way_on_the_pages(card: WatchCard, browse: Browse) -> None:
    client = browse(Role.CASEWORKER)
    fields = {"source": "la hermana", "knows": "saw", "first_hand": "yes", "checked": "Beatriz", "on": "2/2019"}
    assert client.post(reverse("family:card_death", args=[card.pk]), fields).status_code == 302
    news = DeathNews.objects.get()

    def press(name: str, data: dict[str, object] | None = None, role: Role = Role.CASEWORKER) -> int:
        return browse(role).post(reverse(f"family:{name}", args=[news.pk]), data or {}, follow=True).status_code

    page = reverse("family:news", args=[news.pk])
    assert client.get(page).status_code == 200
    press("confirm_news")
    assert DeathNews.objects.get().stage is Stage.NOTED
    press("ask_news", {"seen": "1"})
    asked = Approval.objects.get()
    browse(Role.SITE_MANAGER).post(reverse("desk:agree", args=[asked.pk]))
    assert reverse("family:confirm_news", args=[news.pk]) in client.get(page).content.decode()
    press("confirm_news")
    assert DeathNews.objects.get().stage is Stage.CONFIRMED
    later = clock.today() + timedelta(days=3)
    wrong: dict[str, object] = {"on": f"{later.day}/{later.month}/{later.year}", "how": "face", "to": "x", "by": "y"}
    assert press("told_news", {**wrong, "seen": "1"}) == 422
    assert press("told_news", {"on": "1/2/2019", "how": "message", "to": "x", "by": "y", "seen": "1"}) == 422
    assert press("told_news", {"on": "1/2/2019", "how": "voice", "to": "x", "by": "y", "seen": "9"}) == 200
    assert DeathNews.objects.get().stage is Stage.CONFIRMED, "an old page tells nothing"
    press("told_news", {"on": "1/2/2019", "how": "voice", "to": "la hija", "by": "Beatriz", "seen": "1"})
    assert DeathNews.objects.get().stage is Stage.TOLD
    assert press("withdraw_news", {"why": "", "seen": "2"}) == 422
    press("withdraw_news", {"why": "Llamó.", "seen": "2"})
    assert DeathNews.objects.get().stage is Stage.WITHDRAWN
    assert client.get(page).status_code == 200


def test_news_without_who_says_it_or_from_a_day_to_come_is_not_kept(card: WatchCard, browse: Browse) -> None:
    client, address = browse(Role.CASEWORKER), reverse("family:card_death", args=[card.pk])
    whole = {"source": "la hermana", "knows": "saw", "first_hand": "no"}
    later = clock.today().year + 1
    for change, field in (
        ({"source": ""}, "source"),
        ({"knows": ""}, "knows"),
        ({"on": f"1/1/{later}"}, "on"),
        ({"on": "ayer quizás"}, "on"),
        ({"first_hand": "yes"}, "checked"),
    ):
        answer = client.post(address, {**whole, **change})
        assert answer.status_code == 422, change
        assert field in answer.context["form"].errors
    assert not DeathNews.objects.exists()
