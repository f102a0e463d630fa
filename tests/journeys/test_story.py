"""The guided story, from its first press to the thief of the disk, as a visitor does it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
NEXT = ".story__next"
ACT = ".story__act"
ENTER = "form[action$='/enter/']"


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
        expect(page.locator(".story__step")).to_contain_text("10")
        page.fill("[name=given_names]", "Yulesi Carolina")
        page.fill("[name=surnames]", "Ramires Peña")
        page.locator("[name=sex][value=female]").check(force=True)
        page.fill("[name=birth]", "1987")
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
        """Step 2: a bed, then the first call home."""
        self.next()
        page = self.page
        page.locator("input[type=radio]").first.check(force=True)
        self.keep("bed")
        page.locator("#main .button--main").click()
        page.goto(f"/person/{number}/")
        self.keep("person")
        page.goto(f"/family/{number}/add/")
        self.relative("Mamá", "mother", well=True, saturday=True)

    def relative(self, who: str, relation: str, *, well: bool, saturday: bool) -> None:
        """Fill the card of a relative."""
        page = self.page
        page.fill("[name=who]", who)
        page.select_option("[name=relation]", relation)
        page.fill("[name=heard_on]", "23/2/2019" if saturday else "26/2/2019")
        page.locator("[name=channel][value=voice]").check(force=True)
        page.locator(f"[name=how][value={'well' if well else 'unknown'}]").check(force=True)
        page.select_option("[name=interval_hours]", "48")
        page.locator("#main .button--main").click()
        page.wait_for_load_state()

    def people(self, number: str) -> None:
        """Step 3: the caseworker's page of her people."""
        self.next()
        page = self.page
        expect(page).to_have_url(re.compile(f"/family/{number}/$"))
        expect(page.locator("article.card, .cards .card").first).to_be_visible()
        page.goto(f"/family/{number}/add/")
        self.relative("E. R. M.", "father", well=True, saturday=False)
        page.goto(f"/family/{number}/")
        self.keep("relatives")

    def silence(self, number: str) -> None:
        """Step 4: the mother's silence has risen on Today."""
        self.next()
        expect(self.page.locator("#main")).to_contain_text(number)
        self.keep("today")

    def list_comes_in(self) -> None:
        """Step 5: the coliseum's list."""
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
        """Steps 6 and 7: the proposal and its reasons, then the decision."""
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
        """Step 8: the screen is turned; beside it the unchanged answer."""
        self.next()
        page = self.page
        expect(page.locator("aside .panel p").first).to_be_visible()
        answer = page.locator("aside .panel").inner_text()
        self.keep("decision")
        page.locator("[name=choice]").nth(1).check(force=True)
        page.locator("#main .button--main").click()
        page.wait_for_load_state()
        page.locator(ACT).click()
        page.wait_for_load_state()
        assert page.locator("aside .panel").inner_text() == answer

    def seal(self) -> None:
        """Step 9: Seal ends the process; the unlock page answers."""
        self.next()
        page = self.page
        self.keep("seal")
        page.locator("#main .button--danger").click()
        page.wait_for_url("**/unlock/", timeout=30_000)
        self.keep("unlock")

    def thief(self) -> None:
        """Step 10: none of the names just typed is on the disk; a plain database would give them all."""
        page = self.page
        page.fill("[name=words]", "Yulesi Ramires Carolina")
        page.locator("form[action$='/thief/'] button").click()
        facts = page.locator("#main dl").inner_text()
        assert re.search(r"\b0 (de|of) 3\b", facts), facts
        assert re.search(r"\b3 (de|of) 3\b", facts), facts
        self.keep("thief")


@pytest.mark.parametrize("size", ["1280", "360"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_story_is_told_to_its_end(page_in: Open, picture: Keep, language: str, size: str) -> None:
    told = Told(page_in(language, size), picture, f"{language}-{size}")
    number = told.arrive()
    told.bed_and_call(number)
    told.people(number)
    told.silence(number)
    told.list_comes_in()
    told.why_and_same()
    told.she_decides()
    told.seal()
    told.thief()
    told.page.locator("#main .button--main").click()
    told.page.locator("form[action$='/demonstration/'] button").click()
    told.page.wait_for_url("**/account/sign-in/", timeout=60_000)
