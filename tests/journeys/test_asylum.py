"""A lawyer's work on screens: a case under the law of its dates, days, papers, the account, options, what is offered.

Each journey goes once, in turn in either language and size; both with POSADA_LONG=1 or for the pictures.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ONE, OTHER
from tests.journeys.test_family import WRONG, send, tick
from tests.journeys.test_own_way import enter

pytestmark = [pytest.mark.browser, pytest.mark.server]

Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
CASE = re.compile(r"/asylum/(\d+)/$")
LATE = "2.2.3.1.6.1"  # the article of the two months
BEFORE, AFTER = "CO-ASY-041-OLD", "CO-ASY-041"  # how long a paper lasts, until and from 14 July 2020
BEGAN_LATER = "CL-BODY-SERMIG"
TOLD = "Salí de noche con mi hermano Yonder. Nos pidieron papeles en la trocha. Mi tía Belén sabe por qué me fui."


def case_with(page: Page, words: str) -> str:
    """The address of the first of the lawyer's cases whose page says these words."""
    page.goto("/asylum/")
    links = page.locator("#main a[href^='/asylum/']").evaluate_all("found => found.map(one => one.pathname)")
    for address in dict.fromkeys(one for one in links if CASE.search(one)):
        page.goto(address)
        if words in page.locator("#main").inner_text():
            return str(address)
    raise AssertionError(f"no case of the demonstration says {words!r}")


def entrusted(page: Page) -> list[str]:
    """The numbers of those who are entrusted to the lawyer."""
    page.goto("/asylum/")
    found = page.locator("#main a[href^='/asylum/persons/']").evaluate_all("all => all.map(one => one.pathname)")
    return [re.findall(r"\d+", one)[0] for one in found]


def opened(page: Page, person: str = "", *, alone: str = "no") -> str:
    """A new case of somebody entrusted to the lawyer; gives its address."""
    page.goto(f"/asylum/persons/{person or entrusted(page)[-1]}/new/")
    page.select_option("[name=country]", "CO")
    tick(page, "alone", alone)
    tick(page, "tells", "no")
    send(page)
    page.wait_for_url(CASE)
    return page.url


def held_on(page: Page, country: str, day: str) -> set[str]:
    """The rules that held on a day, as the page of a country's guide says."""
    page.goto(f"/asylum/guides/{country}/")
    page.fill("[name=on]", day)
    page.locator("[name=on]").press("Enter")
    page.wait_for_url(re.compile(r"\?on="))
    named = page.locator("#main details:not(:last-of-type) .guide-fact").evaluate_all(
        "found => found.map(one => one.dataset.rule)"
    )
    return set(named)


def is_shut(page: Page, address: str) -> bool:
    """Whether somebody of this role is turned away there."""
    answer = page.goto(address)
    return answer is not None and answer.status in (403, 404)


def made_paper(page: Page) -> bytes:
    """The PDF that the one main act of the page makes."""
    with page.expect_download() as taken:
        page.locator("#main form[data-main] .button--main").last.click()
    path = Path(taken.value.path())
    made = path.read_bytes()
    path.unlink()
    return made


def words_of(made: bytes) -> str:
    """What stands on a PDF, its lines joined."""
    with pypdfium2.PdfDocument(made) as document:
        said = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    return " ".join(said.split())


@ONE
def test_a_case_is_opened_written_and_resolved_under_the_law_of_its_dates(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    address = opened(page)
    page.goto(address + "part/nationality/")
    page.locator("[name=nationalities][value=VE]").check(force=True)
    picture(page, f"case-nationality-{tag}")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    page.goto(address + "part/dates/")
    page.fill("[name=entry]", "1/2019")
    page.locator("details:has([name=filing]) > summary").press("Enter")
    page.fill("[name=filing]", "2018")
    send(page)  # filed before they came in: the page says which two contradict each other, and loses nothing
    expect(page.locator(f"{WRONG}, #main .notice").first).to_be_visible()
    picture(page, f"case-dates-wrong-{tag}")
    page.goto(address + "part/dates/")
    page.fill("[name=entry]", "1/2019")
    send(page)
    page.goto(address)
    expect(page.locator("#main .timeline")).to_be_visible()
    expect(page.locator("#main")).to_contain_text(LATE)
    picture(page, f"case-{tag}")
    page.locator("a[href='?law=of_today']").click()
    page.wait_for_url(re.compile("law=of_today"))
    expect(page.locator("#main a[href='?law=of_today']")).to_have_count(0)  # and from there back to its own dates
    page.locator("#main .acts a[href$='/asylum/" + CASE.findall(address)[0] + "/']").click()
    expect(page.locator("#main a[href='?law=of_today']")).to_be_visible()
    page.goto(address + "history/")
    picture(page, f"case-history-{tag}")


@OTHER
def test_a_guide_is_read_as_of_a_day_and_what_no_source_covers_is_not_filled_in(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    then = held_on(page, "co", "13/7/2018")
    picture(page, f"guide-of-a-day-{tag}")
    assert BEFORE in then
    assert AFTER not in then
    assert BEGAN_LATER not in held_on(page, "cl", "26/2/2019")  # what a source dates in 2024 is not stretched to then
    assert page.locator(f"[data-rule={BEGAN_LATER}]").count() == 1  # it stands among what did not hold on that day


@OTHER
def test_what_is_due_stands_by_day_with_why_and_its_article(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    page.goto("/asylum/due/")
    expect(page.locator("#main")).to_contain_text(LATE)
    picture(page, f"due-{tag}")
    with page.expect_download() as taken:
        page.locator("a[href$='days.ics']").click()
    days = taken.value.path().read_text(encoding="utf-8")
    assert days.startswith("BEGIN:VCALENDAR")
    assert not re.search("colombia|cúcuta|VE\\b", days, re.IGNORECASE)
    page.locator("a[href$='/asylum/calendar/']").first.click()
    page.locator("nav.acts a").last.press("Enter")
    page.wait_for_url(re.compile(r"/calendar/\d{4}/\d+/$"))
    thing = page.locator("table.month a").first
    thing.press("Enter")
    expect(page.locator(f"[id='{page.url.partition('#')[2]}'] .guide-fact__source").first).to_be_attached()
    expect(page.locator("section[id] .task").first).to_contain_text("art.")
    picture(page, f"calendar-{tag}")
    enter(page, "site_manager")
    page.goto("/asylum/due/")
    assert LATE not in page.locator("#main").inner_text()  # numbers and days, and no more
    picture(page, f"due-site-{tag}")


@ONE
def test_a_household_has_members_and_one_of_them_a_file_of_her_own(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    woman, other = (found := entrusted(page))[0], found[-1]
    page.goto(f"/asylum/persons/{woman}/new/")
    tick(page, "alone", "yes")
    picture(page, f"case-open-{tag}")
    kept = CASE.findall(opened(page, woman, alone="yes"))[0]
    expect(page.locator("h1 .badge--note")).to_be_visible()
    address = opened(page, other)
    page.goto(address + "members/add/")
    page.fill("[name=number]", "123")
    page.locator("[name=part][value=own_claim]").check(force=True)
    send(page)  # nobody has this number: said, and what was typed stays
    expect(page.locator(WRONG).first).to_be_visible()
    assert page.input_value("[name=number]") == "123"
    page.fill("[name=number]", woman)
    page.fill("[name=told_alone]", "26/2/2019")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    page.goto(address + "members/")
    shown = page.locator("#main").inner_text()
    assert woman in shown
    assert kept not in shown  # her own file is told of on nobody else's page
    picture(page, f"members-{tag}")
    page.goto(address + "who-sees/")
    picture(page, f"who-sees-{tag}")
    enter(page, "caseworker")
    page.goto(f"/asylum/persons/{woman}/status/")
    assert kept not in page.locator("#main").inner_text()
    assert is_shut(page, f"/asylum/{kept}/")


@OTHER
def test_the_letter_and_the_steps_are_made_and_nothing_of_them_is_kept(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    address = case_with(page, LATE)
    page.goto(address + "papers/")
    picture(page, f"papers-{tag}")
    papers = page.locator("#main .task a.button").evaluate_all("found => found.map(one => one.pathname)")
    assert len(papers) >= 5
    steps, letter = (next(one for one in papers if kind in one) for kind in ("/steps/", "/letter/"))
    page.goto(steps)
    assert made_paper(page).startswith(b"%PDF-1")
    page.goto(letter)
    typed = page.locator("#main [name=evidence]")
    typed.fill("Un carné")
    picture(page, f"paper-prepared-{tag}")
    made = made_paper(page)
    assert "Un carné" in words_of(made)
    page.goto(letter)
    assert not typed.input_value()
    page.goto(address + "papers/aloud/")
    picture(page, f"steps-aloud-{tag}")


@ONE
def test_an_account_is_told_and_a_sentence_and_a_name_go_from_it_for_good(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    address = opened(page)
    page.goto(address + "accounts/")
    page.locator("#main a[href$='/begin/']").first.click()
    page.fill("[name=text]", TOLD)
    page.fill("#main [name=language]", "español")
    page.fill("#main [name=on]", "26/2/2019")
    page.locator("[name=read_back]").first.check(force=True)
    picture(page, f"account-begun-{tag}")
    page.locator("[name=text]").press("Control+Enter")
    page.wait_for_url(re.compile(r"/accounts/[0-9a-f-]{36}/$"))
    account = page.url
    assert "Yonder" not in page.title()
    page.goto(account + "sentence/")
    page.locator("[name=sentence]").nth(1).check(force=True)
    page.locator("#main form[data-main] .button--danger").click()
    page.wait_for_url(account)
    assert "trocha" not in page.locator("#main").inner_text()
    page.goto(account + "names/")
    page.fill("[name=names]", "Yonder")
    send(page)
    picture(page, f"account-names-{tag}")
    page.locator("#main form[data-main] .button--danger").click()
    page.wait_for_url(account)
    assert "Yonder" not in page.locator("#main").inner_text()
    picture(page, f"account-{tag}")
    page.goto(account + "versions/")
    shown = page.locator("#main").inner_text()
    assert "trocha" not in shown
    assert "Yonder" not in shown
    enter(page, "caseworker")
    assert is_shut(page, account)
    enter(page, "site_manager")
    assert is_shut(page, account)


@OTHER
def test_every_trap_is_read_before_the_ways_stand_side_by_side(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    page.goto("/asylum/options/co/")
    picture(page, f"options-asked-{tag}")
    send(page)
    boxes = page.locator("[name=read]")
    expect(boxes.first).to_be_attached()
    picture(page, f"options-traps-{tag}")
    boxes.first.check(force=True)
    send(page)  # one is not all of them
    expect(page.locator("#main [role=alert], #main .notice").first).to_be_visible()
    for box in page.locator("[name=read]").all():
        box.check(force=True)
    send(page)
    assert page.locator("#main .options .card").count() > 5
    for card in page.locator("#main .options .card").all():
        assert re.search(r"CO-[A-Z-]+", card.inner_text())
    first = page.locator("#main .options__more").first
    first.locator("summary").press("Enter")
    expect(first.locator(".guide-fact__source").first).to_be_visible()
    first.locator("summary").press("Enter")
    picture(page, f"options-{tag}")


@ONE
def test_an_offer_is_kept_in_its_words_and_what_is_signed_says_whether_counsel_was_there(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    address = opened(page)
    page.goto(address + "list/offers/add/")
    page.fill("[name=by_whom]", "Una oficina que dice hablar por el Estado")
    page.fill("[name=words]", "Quien firme hoy se separa temporalmente y recibe un permiso de noventa días.")
    page.fill("[name=on]", "25/2/2019")
    page.locator("[name=effect]").first.check(force=True)
    page.locator("[name=words]").press("Control+Enter")
    page.wait_for_url(re.compile("/list/offers/$"))
    picture(page, f"offer-{tag}")
    expect(page.locator("#main")).to_contain_text("se separa temporalmente")
    page.goto(address + "list/signed/add/")
    page.fill("[name=of_whom]", "Oficina de migración")
    page.fill("[name=words]", "Me separo temporalmente.")
    page.locator("[name=is_signed]").last.check(force=True)
    page.locator("[name=counsel]").last.check(force=True)
    send(page)
    expect(page.locator("#main")).to_contain_text("Me separo temporalmente")
    picture(page, f"signed-{tag}")


@OTHER
def test_the_protected_path_says_what_is_done_and_never_why(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    address = case_with(page, LATE)
    page.goto(address + "part/safety/")
    page.locator("[name=measures]").first.check(force=True)
    assert not page.locator("#main input[type=text][name*=rank], #main input[name*=unit]").count()
    picture(page, f"safety-{tag}")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    enter(page, "caseworker")
    assert is_shut(page, address)
