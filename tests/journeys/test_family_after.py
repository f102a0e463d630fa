"""What follows in the family's room: news of a death, the press, a decision taken back, the open door."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import LANGUAGES, ONE, OTHER, SIZES, Demonstration, served
from tests.journeys.test_family import WRONG, accompany, add_card, seek, send, tick
from tests.journeys.test_own_way import enter, register

pytestmark = [pytest.mark.browser, pytest.mark.server]

Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
OUTSIDE = {
    'public_address = ""': 'public_address = "https://casa.example.org"',
    "relative_pages = false": "relative_pages = true",
}


def second_agrees(page: Page) -> None:
    """From the page of what is asked: somebody else comes to the desk and agrees."""
    page.wait_for_url(re.compile(r"/approvals/"))
    page.locator("form[action$='/enter/'] button").click()
    page.locator("form[action$='/agree/'] button").click()
    page.wait_for_load_state()


def unfold(page: Page) -> None:
    """Open whatever is folded."""
    folded = page.locator("#main details:not([open]) > summary")
    while folded.count():
        folded.first.click()


@OTHER
def test_news_of_a_death_is_confirmed_by_two_and_told_by_a_person(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    number = register(page, given_names="Milagros", surnames="Suárez Peñaloza", birth="1977")
    accompany(page, number)
    card = add_card(page, number, "T. S. P.", "brother", "20/2/2019")
    page.goto(card + "news/")
    page.fill("[name=source]", "Una vecina de confianza")
    page.locator("[name=knows]").first.check(force=True)
    tick(page, "first_hand", "yes")
    send(page)
    expect(page.locator(WRONG).first).to_be_visible()  # first hand, but nobody says how
    page.fill("[name=checked]", "B. habló con ella el 25")
    page.fill("[name=on]", "23/2/2019")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    news = page.url
    picture(page, f"news-noted-{tag}")
    page.locator("form[action$='/ask/'] button").click()
    page.wait_for_load_state()
    if "/approvals/" not in page.url:
        page.locator("#main a[href*='/approvals/']").first.click()
    second_agrees(page)
    enter(page, "caseworker")
    page.goto(news)
    page.locator("form[action$='/confirm/'] button").click()
    page.wait_for_load_state()
    picture(page, f"news-confirmed-{tag}")
    page.fill("[name=on]", "26/2/2019")
    page.locator("[name=how]").first.check(force=True)
    page.fill("[name=to]", "Ella misma")
    page.fill("[name=by]", "Beatriz")
    page.locator("form[action$='/told/'] .button--main").click()
    page.wait_for_load_state()
    expect(page.locator(WRONG)).to_have_count(0)
    expect(page.locator("#main")).to_contain_text("Ella misma")
    picture(page, f"news-told-{tag}")


@OTHER
def test_the_press_is_decided_after_the_risk_and_raises_the_familys(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    number = register(page, given_names="Rosaura", surnames="Angarita Pabón", birth="1983")
    accompany(page, number)
    add_card(page, number, "M. P.", "mother", "26/2/2019")
    page.goto(f"/family/{number}/press/")
    unfold(page)
    decide = page.locator("form[action$='/press/decide/']")
    for name, value in (("explained", "no"), ("wants", "no")):
        decide.locator(f"[name={name}][value={value}]").focus()
        page.keyboard.press("Space")
    decide.locator("button[type=submit]").last.click()
    page.wait_for_load_state()
    expect(page.locator(WRONG).first).to_be_visible()  # a choice without the explanation is none
    unfold(page)
    page.locator("form[action$='/press/decide/'] [name=explained][value=yes]").focus()
    page.keyboard.press("Space")
    page.locator("form[action$='/press/decide/'] button[type=submit]").last.click()
    page.wait_for_load_state()
    expect(page.locator(WRONG)).to_have_count(0)
    picture(page, f"press-decided-{tag}")
    unfold(page)
    appeared = page.locator("form[action$='/press/appeared/']")
    appeared.locator("[name=on]").fill("23/2/2019")
    appeared.locator("select[name=medium]").select_option(index=1)
    appeared.locator("[name=said]").fill("Se le ve la cara junto al puente")
    appeared.locator("button[type=submit]").last.click()
    page.wait_for_load_state()
    expect(page.locator("#main")).to_contain_text("junto al puente")
    picture(page, f"press-appeared-{tag}")
    page.goto(f"/family/{number}/")
    picture(page, f"press-raises-risk-{tag}")


@ONE
def test_a_found_person_takes_back_what_they_allowed(page_in: Open, picture: Keep, language: str, size: str) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    given, surnames = ("Yajaira", "Cárdenas Oviedo") if size == "1280" else ("Maribel", "Porras Carrero")
    enter(page, "desk")
    register(page, given_names=given, surnames=surnames, birth="3/3/1982", origin="Ureña")
    enter(page, "tracing_officer")
    words = {"name": f"Elba {surnames}", "given_names": given, "surnames": surnames, "birth": "3/3/1982"}
    page.goto(seek(page, {**words, "origin": "Ureña", "safe_channel": "+57 399 555 9935"}))
    page.locator("#main a[href*='/proposals/']").first.click()
    page.wait_for_load_state()
    proposal = page.url
    page.fill("[name=note]", "Coinciden.")
    page.locator("button[name=decision][value=same]").click()
    second_agrees(page)
    enter(page, "tracing_officer")
    page.goto(proposal + "ask/")
    tick(page, "choice", "alive_and_well")
    tick(page, "how", "spoken")
    send(page)
    page.wait_for_url("**/thanks/**")
    page.goto(proposal + "decided/")
    picture(page, f"found-allowed-{tag}")
    page.locator("form[action$='/withdraw/'] button").click()
    page.wait_for_load_state()
    page.goto(proposal + "decided/")
    assert page.locator("form[action$='/release/']").count() == 0
    assert page.locator("form[action$='/withdraw/']").count() == 0
    picture(page, f"found-taken-back-{tag}")


@pytest.fixture(scope="module")
def open_house(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A demonstration whose door for relatives stands open under a public name."""
    with served(seeded, tmp_path_factory.mktemp("open") / "demo", settings=OUTSIDE) as made:
        yield made


@ONE
def test_a_relative_opens_the_page_once_without_scripts(
    chromium: Browser, open_house: Demonstration, picture: Keep, language: str, size: str
) -> None:
    staff = chromium.new_context(base_url=open_house.address, locale=LANGUAGES[language], viewport=SIZES[size])  # type: ignore[arg-type]
    page, tag = staff.new_page(), f"{language}-{size}"
    enter(page, "desk")
    number = register(page, given_names="Omaira", surnames="Labrador Sayago", birth="1988")
    accompany(page, number)
    card = add_card(page, number, "H. L.", "sister", "26/2/2019", country="CO", risk_level="none_known")
    page.goto(card + "page/")
    tick(page, "said", "safe")
    page.fill("[name=spoken]", "la cabra Canela")
    page.fill("[name=fled]", "VE")
    page.locator("[name=asks_reply]").check(force=True)
    picture(page, f"one-time-page-{tag}")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    code = page.locator("#main .number-card").inner_text()
    picture(page, f"one-time-page-prepared-{tag}")
    staff.close()
    outside = chromium.new_context(
        base_url=open_house.address,
        locale=LANGUAGES[language],
        viewport=SIZES["360"],  # type: ignore[arg-type]  # a TypedDict of the driver's
        java_script_enabled=False,
    )
    relative = outside.new_page()
    for word, opens in (("otra palabra", False), ("la cabra canela", True), ("la cabra canela", False)):
        relative.goto("/r/")
        relative.fill("[name=code]", code)
        relative.fill("[name=word]", word)
        relative.locator("main form button").click()
        relative.wait_for_load_state()
        assert (relative.locator("[name=word]").count() == 0) is opens, relative.locator("main").inner_text()
        assert "Labrador" not in relative.content()
        assert code.replace(" ", "") not in relative.url
        if opens:
            picture(relative, f"one-time-page-read-{tag}")
    assert relative.goto("/account/sign-in/").status in {200, 302, 404}  # type: ignore[union-attr]  # the server answers
    outside.close()
