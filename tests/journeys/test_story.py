"""The guided story, from its first press to the thief of the disk, as a visitor does it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ONE, Demonstration, served

pytestmark = [pytest.mark.browser, pytest.mark.server]

Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
NEXT = ".story__next"
ENTER = "form[action$='/enter/']"


@pytest.fixture
def demonstration(seeded: Path, tmp_path: Path) -> Iterator[Demonstration]:
    """A fresh one for each telling: at its end the sister's request is closed."""
    with served(seeded, tmp_path / "demo") as made:
        yield made


class Told:
    """The story being told on one page: each method is a step."""

    def __init__(self, page: Page, picture: Keep, tag: str) -> None:
        self.page, self.tag = page, tag
        self.keep = lambda name: picture(page, f"{name}-{tag}")

    def next(self) -> None:
        """To the next step's screen."""
        self.page.locator(NEXT).click()
        self.page.wait_for_load_state()

    def arrive(self) -> str:
        """Step 1: register her; the number is shown large."""
        page = self.page
        page.goto("/")
        self.keep("roles")
        page.locator("form.panel button").first.click()
        expect(page.locator(".story__step")).to_contain_text("20")
        page.fill("[name=given_names]", "Yulesi Carolina")
        page.fill("[name=surnames]", "Ramires Peña")
        page.locator("[name=sex][value=female]").check(force=True)
        page.fill("[name=birth]", "1987")
        page.locator(".register__more > summary").click()
        page.fill("[name=origin]", "San Juan de Colón")
        page.fill("[name=mother]", "Carmen Peña")
        page.locator("[name=father]").focus()
        page.wait_for_timeout(900)
        self.keep("register")
        page.keyboard.press("Control+Enter")
        number = page.locator(".last__number")
        expect(number).to_be_visible()
        self.keep("registered")
        return number.inner_text()

    def bed_and_call(self, number: str) -> None:
        """Steps 2 to 4: a bed, what she needs tonight, then the first call home on its own page."""
        self.next()
        page = self.page
        page.locator("input[type=radio]").first.check(force=True)
        self.keep("bed")
        page.locator("#main .button--main").click()
        page.goto(f"/person/{number}/")
        self.keep("person")
        self.next()
        expect(page).to_have_url(re.compile(f"/house/first-night/{number}/$"))
        given = page.locator("section.panel details")
        before = given.count()
        page.locator("section.panel > form button").first.click()
        page.wait_for_load_state()
        expect(given).to_have_count(before + 1)
        self.keep("story-first-night")
        self.next()
        expect(page).to_have_url(re.compile(f"/family/{number}/first-call/$"))
        page.fill("[name=tag]", "1")
        page.locator("[name=number][value=hidden]").check(force=True)
        page.fill("[name=who]", "E. R. M.")
        page.select_option("[name=relation]", "father")
        page.locator("[name=outcome][value=well]").check(force=True)
        page.select_option("[name=interval_hours]", "168")
        page.locator("[name=told]").check(force=True)
        page.locator("[name=cleared]").check(force=True)
        self.keep("first-call")
        page.locator("#main .button--main").click()
        page.wait_for_load_state()
        assert page.locator("#main .summary").count() == 0

    def kitchen(self) -> None:
        """Step 5: the cook sees counts, and nobody."""
        self.next()
        expect(self.page).to_have_url(re.compile("/house/kitchen/$"))
        expect(self.page.locator("#main .count__value").first).to_be_visible()
        assert "Yulesi" not in self.page.locator("#main").inner_text()
        self.keep("story-kitchen")

    def people(self, number: str) -> None:
        """Step 6: the caseworker's page of her people; her mother's card with what was agreed."""
        self.next()
        page = self.page
        expect(page).to_have_url(re.compile(f"/family/{number}/$"))
        expect(page.locator("#main article.card")).to_have_count(1)
        page.goto(f"/family/{number}/add/")
        page.fill("[name=who]", "C. P.")
        page.select_option("[name=relation]", "mother")
        page.fill("[name=heard_on]", "23/2/2019")
        page.locator("[name=channel][value=voice]").check(force=True)
        page.locator("[name=how][value=well]").check(force=True)
        page.select_option("[name=interval_hours]", "48")
        page.locator("#main details summary").first.click()
        page.select_option("[name=country]", "VE")
        page.fill("[name=hours_from]", "06:00")
        page.fill("[name=hours_until]", "08:00")
        page.fill("[name=agreed_words]", "¿Ya floreció el apamate?")
        page.locator("#main .button--main").click()
        page.wait_for_load_state()
        page.goto(f"/family/{number}/")
        expect(page.locator("#main")).to_contain_text("apamate")
        self.keep("relatives")

    def silence(self, number: str) -> None:
        """Step 7: the mother's silence has risen on Today."""
        self.next()
        expect(self.page.locator("#main")).to_contain_text(number)
        self.keep("today")

    def list_comes_in(self) -> None:
        """Step 8: the coliseum's list."""
        self.next()
        page = self.page
        self.keep("imports")
        page.locator("#main form.card .button").first.click()
        ask = page.locator("form[action$='/ask/'] button")
        ask.wait_for(timeout=60_000)
        self.keep("quarantine")
        ask.click()
        self.second_agrees("for-two")
        page.locator(f"{ENTER} button").click()
        page.locator("#main .acts .button--main").click()
        page.locator("form[action$='/confirm/'] button").click()
        page.wait_for_url(re.compile(r"/files/[0-9a-f-]{36}/$"), timeout=60_000)
        page.locator("#main .button--main").wait_for(timeout=60_000)
        self.keep("brought-in")

    def second_agrees(self, name: str) -> None:
        """In a demonstration the other one is one press away."""
        page = self.page
        page.wait_for_url(re.compile(r"/approvals/[0-9a-f-]{36}/$"))
        page.locator(f"{ENTER} button").click()
        agree = page.locator("form[action$='/agree/'] button")
        expect(agree).to_be_visible()
        self.keep(name)
        agree.click()
        page.wait_for_load_state()

    def why_and_same(self) -> None:
        """Steps 9 and 10: the proposal and its reasons, then the decision."""
        self.next()
        page = self.page
        expect(page.locator("#main svg[role=img]").first).to_be_visible()
        self.keep("proposal")
        self.next()
        page.fill("[name=note]", "Coinciden la madre, el lugar y el año.")
        page.locator("button[name=decision][value=same]").click()
        self.second_agrees("match-for-two")
        expect(page.locator("#main")).not_to_contain_text("Yulesi")
        self.keep("decided")

    def she_decides(self) -> None:
        """Step 11: the screen is turned to her, with nothing of the house on it."""
        self.next()
        page = self.page
        expect(page.locator(".choice")).to_have_count(9)
        assert page.locator("[name=choice]:checked").count() == 0
        self.keep("decision")
        page.locator("[name=choice][value=alive_and_well]").check(force=True)
        page.locator("[name=how][value=spoken]").check(force=True)
        page.locator("#main .button--main").click()
        page.wait_for_url("**/thanks/**")
        self.keep("thanks")
        page.locator("#main a").first.click()
        page.wait_for_load_state()

    def two_release_it(self) -> None:
        """Step 12: nothing is told by one alone."""
        self.next()
        page = self.page
        page.locator("form[action$='/release/'] button").click()
        self.second_agrees("release-for-two")
        assert "Yulesi" not in page.locator("#main").inner_text()

    def tell_the_sister(self) -> None:
        """Step 13: the exact words are opened, said by a person, and noted."""
        self.next()
        page = self.page
        expect(page).to_have_url(re.compile(r"/to-tell/[0-9a-f-]{36}/$"))
        assert "Marisela" not in page.locator("#main").inner_text()
        page.locator("#main form[data-main] button").click()
        expect(page.locator("#say")).to_be_visible()
        expect(page.locator("#main")).to_contain_text("+57 399 555 9914")
        for place in ("Cúcuta", "Casa de paso", "Colón"):
            assert place not in page.locator("#say").inner_text()
        self.keep("to-tell")
        page.locator("[name=reached]").first.check(force=True)
        page.locator("[name=channel][value=voice]").check(force=True)
        page.locator("form[action$='/tried/'] button").click()
        page.wait_for_load_state()
        expect(page.locator("#main form[action$='/tried/']")).to_have_count(0)

    def contact(self) -> None:
        """Step 14: contact becomes a card; the request stays open."""
        self.next()
        page = self.page
        page.locator("form[action$='/contact/'] button").click()
        page.wait_for_load_state()
        expect(page.locator("form[action$='/contact/']")).to_have_count(0)
        self.keep("in-contact")

    def her_word(self) -> None:
        """Step 15: only the sister's word closes the request."""
        self.next()
        page = self.page
        page.locator("[name=word][value=reunited]").check(force=True)
        self.keep("her-word")
        page.locator("#main .button--main").click()
        page.wait_for_url(re.compile(r"/requests/\d+/$"))
        expect(page.locator("#main")).to_contain_text(re.compile("[Cc]errada|[Cc]losed"))

    def case(self) -> None:
        """Step 16: her case is opened, the day of entry written down; the day and its article stand there."""
        self.next()
        page = self.page
        expect(page).to_have_url(re.compile(r"/asylum/persons/\d+/new/$"))
        page.select_option("[name=country]", "CO")
        page.locator("[name=alone][value=no]").check(force=True)
        page.locator("[name=tells][value=no]").check(force=True)
        page.locator("#main .button--main").click()
        page.wait_for_url(re.compile(r"/asylum/\d+/$"))
        case = page.url
        page.goto(case + "part/dates/")
        page.fill("[name=entry]", "23/2/2019")
        page.locator("#main .button--main").click()
        page.goto(case)
        due = page.locator("article.card", has_text="CO-ASY-020").first
        expect(due).to_contain_text("2.2.3.1.6.1")
        expect(due).to_contain_text(re.compile(r"23 (de abril de|April) 2019"))
        self.keep("story-deadline")

    def letter(self) -> None:
        """Step 17: the letter, from its page, as a PDF."""
        self.next()
        page = self.page
        expect(page).to_have_url(re.compile(r"/asylum/\d+/papers/letter/$"))
        self.keep("story-letter")
        with page.expect_download() as coming:
            page.locator("#main .button--main").click()
        assert Path(coming.value.path()).read_bytes().startswith(b"%PDF")

    def paper_to_sign(self) -> None:
        """Step 18: the exact words of a paper laid before somebody, and the warning beside them."""
        self.next()
        page = self.page
        expect(page.locator("#main blockquote")).to_contain_text("temporalmente")
        expect(page.locator("main, body").first).to_contain_text("CO-RISK-SIGN")
        self.keep("story-temporarily")

    def seal(self) -> None:
        """Step 19: Seal ends the process; the unlock page answers."""
        self.next()
        page = self.page
        self.keep("seal")
        page.locator("#main .button--danger").click()
        page.wait_for_url("**/unlock/", timeout=30_000)
        self.keep("unlock")

    def thief(self) -> None:
        """Step 20: none of the names just typed is on the disk; a plain database would give them all."""
        page = self.page
        page.fill("[name=words]", "Yulesi Ramires Carolina")
        page.locator("form[action$='/thief/'] button").click()
        facts = page.locator("#main dl").inner_text()
        assert re.search(r"\b0 (de|of) 3\b", facts), facts
        assert re.search(r"\b3 (de|of) 3\b", facts), facts
        self.keep("thief")


@ONE
def test_the_story_is_told_to_its_end(page_in: Open, picture: Keep, language: str, size: str) -> None:
    told = Told(page_in(language, size), picture, f"{language}-{size}")
    number = told.arrive()
    told.bed_and_call(number)
    told.kitchen()
    told.people(number)
    told.silence(number)
    told.list_comes_in()
    told.why_and_same()
    told.she_decides()
    told.two_release_it()
    told.tell_the_sister()
    told.contact()
    told.her_word()
    told.case()
    told.letter()
    told.paper_to_sign()
    told.seal()
    told.thief()
    told.page.locator("#main .button--main").click()
    told.page.locator("form[action$='/demonstration/'] button").click()
    told.page.wait_for_url("**/account/sign-in/", timeout=60_000)
