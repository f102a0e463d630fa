"""The main job done on one's own, in both languages and sizes: with the keyboard, without scripts, with bad input."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PAIRS

pytestmark = [pytest.mark.browser, pytest.mark.server]

Open = Callable[..., Page]
Keep = Callable[[Page, str], None]


def enter(page: Page, role: str) -> None:
    """Become somebody with this role."""
    page.goto("/account/sign-in/")
    page.locator(f"form.card:has(input[value={role}]) button").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def register(page: Page, **words: str) -> str:
    """Register somebody; gives their number."""
    page.goto("/people/register/")
    for name, value in words.items():
        if not page.locator(f"[name={name}]").is_visible():
            page.locator(".register__more > summary").click()
        page.fill(f"[name={name}]", value)
    page.locator("form[data-main] button.button--main").focus()  # a field left asks for advice
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.locator("form[data-main] button.button--main").click()
    number = page.locator(".last__number")
    number.wait_for(timeout=45_000)
    return number.inner_text()


@pytest.mark.parametrize(("language", "size"), PAIRS)
def test_a_days_work_at_the_desk_and_after(page_in: Open, picture: Keep, language: str, size: str) -> None:
    page = page_in(language, size)
    tag = f"{language}-{size}"
    enter(page, "desk")
    picture(page, f"today-desk-{tag}")
    first = register(page, given_names="Dayana Karina", surnames="Guerrero Zambrano", birth="14/3/1991")
    page.goto("/people/register/")
    page.fill("[name=given_names]", "Dallana")
    page.fill("[name=surnames]", "Gerrero Sambrano")
    page.fill("[name=birth]", "1991")
    page.locator("[name=call_name]").focus()
    card = page.locator("article.card").first
    expect(card).to_contain_text(re.compile(r"D\. K\. G\. [ZS]\."))
    assert "Guerrero" not in page.locator("#advice").inner_text()

    page.goto("/people/find/")
    page.fill("[name=line]", "Dallana Gerrero 1991")
    page.locator("#main .button--main").first.click()
    expect(page.locator("article.card").first).to_contain_text(re.compile(r"D\. K\. G\. [ZS]\."))
    assert page.locator("article.card").count() <= 10
    assert "Dallana" not in page.url
    picture(page, f"find-{tag}")
    for nothing in ("Cúcuta", "*", "%"):
        page.fill("[name=line]", nothing)
        page.locator("#main .button--main").first.click()
        assert page.locator("article.card").count() == 0

    page.goto("/house/")
    picture(page, f"house-{tag}")
    enter(page, "caseworker")
    page.goto(f"/person/{first}/")
    assert "Guerrero" not in page.locator("#main").inner_text()
    picture(page, f"masked-{tag}")
    page.locator("form[action$='/take-on/'] button").click()
    page.wait_for_load_state()
    page.goto(f"/people/{first}/correct/")
    page.fill("[name=surnames]", "Guerrero Sambrano")
    page.locator("#main .button--main").last.click()
    page.goto(f"/people/{first}/history/")
    expect(page.locator("#main")).to_contain_text("Guerrero Zambrano")
    expect(page.locator("#main")).to_contain_text("Beatriz")
    picture(page, f"history-{tag}")
    page.goto(f"/people/{first}/consent/")
    picture(page, f"consent-{tag}")
    page.goto(f"/people/{first}/household/")
    picture(page, f"household-{tag}")


@pytest.mark.parametrize(("language", "size"), PAIRS)
def test_a_request_opened_by_hand_meets_the_one_it_seeks(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page = page_in(language, size)
    enter(page, "desk")
    number = register(page, given_names="Wilmer Alexander", surnames="Chacón Useche", birth="1984", origin="Rubio")
    enter(page, "tracing_officer")
    page.goto("/family/requests/new/")
    picture(page, f"request-new-{language}-{size}")
    page.locator("[name=who_asks]").first.check(force=True)
    for name, value in {
        "name": "Rosa Useche",
        "given_names": "Vilmer",
        "surnames": "Chacon Useche",
        "birth": "1984",
        "origin": "Rubio, Táchira",
    }.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=relationship]", "mother")
    page.locator("#main .button--main").last.click()
    page.wait_for_load_state()
    page.goto("/family/requests/")
    picture(page, f"requests-{language}-{size}")
    page.goto("/family/proposals/")
    expect(page.locator("#main")).to_contain_text(number)


def test_it_is_done_by_keyboard_alone(page_in: Open) -> None:
    page = page_in("es", "1280")
    enter(page, "desk")
    page.goto("/people/register/")
    assert page.evaluate("document.activeElement.name") == "given_names"
    page.keyboard.type("Zulay Coromoto")
    page.keyboard.press("Tab")
    page.keyboard.type("Peñaloza")
    page.keyboard.press("Tab")
    page.keyboard.press("f")
    assert page.locator("[name=sex][value=female]").is_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("29")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".last__number")).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "given_names"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("/account/sign-in/"))


def test_every_act_works_without_scripts(page_in: Open) -> None:
    page = page_in("es", "360", scripts=False)
    enter(page, "desk")
    number = register(page, given_names="Nairobi", surnames="Sayago", birth="1979")
    page.goto(f"/house/assign/{number}/")
    page.locator("input[type=radio]").first.check(force=True)
    page.locator("#main .button--main").click()
    page.goto(f"/family/{number}/add/")
    page.fill("[name=who]", "Mamá")
    page.select_option("[name=relation]", "mother")
    page.locator("#main .button--main").click()
    page.goto("/people/find/")
    page.fill("[name=line]", number)
    page.locator("#main .button--main").first.click()
    expect(page.locator("article.card")).to_have_count(1)
    enter(page, "site_manager")
    page.goto("/seal/")
    page.locator("#main .button--danger").click()
    page.wait_for_timeout(2_500)
    page.goto("/unlock/")
    expect(page.locator("[name=phrase]")).to_be_visible()
    page.locator("form[action$='/demonstration/'] button").click()
    for _look in range(60):
        page.goto("/unlock/progress/")
        if "/unlock/" not in page.url:
            break
        page.wait_for_timeout(500)
    assert "/unlock/" not in page.url


def test_nothing_is_kept_in_the_browser(page_in: Open) -> None:
    page = page_in("es", "1280")
    enter(page, "desk")
    register(page, given_names="Yorgelis", surnames="Buitrago")
    page.goto("/people/find/")
    page.fill("[name=line]", "Yorgelis Buitrago")
    page.locator("#main .button--main").first.click()
    page.go_back()
    kept = page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
    # htmx writes down the address it stands at, which carries no words; no page and nothing typed is kept.
    assert kept in {"[[],[]]", '[[],[["htmx-current-path-for-history","/people/find/"]]]'}
    assert "Yorgelis" not in page.title()


@pytest.mark.parametrize("birth", ["31/2/1990", "300", "2050", "mañana"])
def test_a_bad_birth_keeps_what_was_typed(page_in: Open, birth: str) -> None:
    page = page_in("es", "1280")
    enter(page, "desk")
    page.goto("/people/register/")
    page.fill("[name=given_names]", "Yamileth")
    page.fill("[name=birth]", birth)
    page.locator("form[data-main] button.button--main").click()
    expect(page.locator("#main [role=alert], #main .summary").first).to_be_visible()
    assert page.input_value("[name=given_names]") == "Yamileth"
    assert page.input_value("[name=birth]") == birth
