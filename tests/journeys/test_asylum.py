"""A lawyer's work on screens: a case under the law of its dates, days and papers, the account, options, what is offered.

Each journey goes once, in turn in either language and size; both with POSADA_LONG=1 or for the pictures.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_family import WRONG, send, tick
from tests.journeys.test_family_after import ONE, OTHER
from tests.journeys.test_own_way import enter

pytestmark = [pytest.mark.browser, pytest.mark.server]

Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
CASE = re.compile(r"/asylum/(\d+)/$")
LATE, REFUSED = "2.2.3.1.6.1", "CO-ASY-020"
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


def opened(page: Page) -> str:
    """A new case of somebody entrusted to the lawyer; gives its address."""
    page.goto("/asylum/")
    page.locator("#main a[href^='/asylum/persons/']").last.click()
    page.locator("#main a[href$='/new/']").first.click()
    page.select_option("[name=country]", "CO")
    tick(page, "alone", "no")
    tick(page, "tells", "no")
    send(page)
    page.wait_for_url(CASE)
    return page.url


def is_shut(page: Page, address: str) -> bool:
    """Whether somebody of this role is turned away there."""
    answer = page.goto(address)
    return answer is not None and answer.status in (403, 404)


def made_paper(page: Page) -> bytes:
    """The PDF that the one main act of the page makes."""
    with page.expect_download() as taken:
        page.locator("#main form[data-main] .button--main").last.click()
    return taken.value.path().read_bytes()


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
    page.fill("[name=filing]", "2018")
    send(page)  # filed before they came in: the page says which two contradict each other, and loses nothing
    expect(page.locator(f"{WRONG}, #main .notice").first).to_be_visible()
    picture(page, f"case-dates-wrong-{tag}")
    page.goto(address + "part/dates/")
    page.fill("[name=entry]", "1/2019")
    page.fill("[name=filing]", "")
    send(page)
    page.goto(address)
    expect(page.locator("#main .timeline")).to_be_visible()
    expect(page.locator("#main")).to_contain_text(LATE)
    picture(page, f"case-{tag}")
    page.locator("a[href='?law=of_today']").click()
    page.wait_for_url(re.compile("law=of_today"))
    expect(page.locator("#main .acts a[href$='/']").first).to_be_visible()
    picture(page, f"case-today-{tag}")
    page.goto(address + "history/")
    picture(page, f"case-history-{tag}")


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
    expect(page.locator("table.month")).to_be_visible()
    picture(page, f"calendar-{tag}")
    enter(page, "site_manager")
    page.goto("/asylum/due/")
    picture(page, f"due-site-{tag}")


@ONE
def test_a_household_has_members_and_one_of_them_a_file_of_her_own(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    page.goto("/asylum/")
    kept = page.locator("#main a[href^='/asylum/persons/']").first.get_attribute("href")
    assert kept
    page.goto(kept + "new/")
    page.select_option("[name=country]", "CO")
    tick(page, "alone", "yes")
    picture(page, f"case-open-{tag}")
    address = case_with(page, LATE)
    page.goto(address + "members/")
    picture(page, f"members-{tag}")
    page.goto(address + "members/add/")
    page.fill("[name=number]", "123")
    page.locator("[name=part]").first.check(force=True)
    send(page)  # nobody has this number: said, and what was typed stays
    expect(page.locator(WRONG).first).to_be_visible()
    assert page.input_value("[name=number]") == "123"
    page.goto(address + "who-sees/")
    picture(page, f"who-sees-{tag}")


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
    for number, paper in enumerate((papers[0], papers[-1])):
        page.goto(paper)
        if not number:
            picture(page, f"paper-prepared-{tag}")
        assert made_paper(page).startswith(b"%PDF-1")
    page.goto(papers[0])
    assert not any(page.locator("#main textarea, #main input[type=text]").evaluate_all("all => all.map(o => o.value)"))
    page.goto(address + "papers/aloud/")
    picture(page, f"steps-aloud-{tag}")


@ONE
def test_an_account_is_told_and_a_sentence_and_a_name_go_from_it_for_good(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "lawyer")
    address = case_with(page, LATE)
    page.goto(address + "accounts/")
    page.locator("#main a[href$='/begin/']").first.click()
    page.fill("[name=text]", TOLD)
    page.fill("#main [name=language]", "español")
    page.fill("#main [name=on]", "26/2/2019")
    page.locator("[name=read_back]").first.check(force=True)
    picture(page, f"account-begun-{tag}")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
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
    address = case_with(page, LATE)
    page.goto(address + "list/offers/add/")
    page.fill("[name=by_whom]", "Una oficina que dice hablar por el Estado")
    page.fill("[name=words]", "Quien firme hoy se separa temporalmente y recibe un permiso de noventa días.")
    page.fill("[name=on]", "25/2/2019")
    page.locator("[name=effect]").last.check(force=True)
    picture(page, f"offer-{tag}")
    send(page)
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
