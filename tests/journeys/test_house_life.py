"""The house as it is lived in: needs and what is asked of others, beds, a night, checkpoints, going on, who sees what.

Each journey goes once, in turn in either language and size; both with POSADA_LONG=1 or for the pictures.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ONE, OTHER
from tests.journeys.test_family import WRONG, accompany, send, tick
from tests.journeys.test_own_way import enter, register

pytestmark = [pytest.mark.browser, pytest.mark.server]

Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
NUMBER = re.compile(r"\b\d{5,8}\b")
# Every bed that is free is blocked as its own page does it: the house is full, and nobody was invented for it.
BLOCK = """async (again) => {
  const free = [...document.querySelectorAll("a[data-mark=free]")].map((cell) => cell.dataset.bed);
  const beds = again.length ? again : free;
  for (const bed of beds) {
    const said = new FormData(document.getElementById("shift"));
    said.set("once", crypto.randomUUID());
    said.set(again.length ? "again" : "why", again.length ? "1" : "cleaning");
    await fetch(`/house/bed/${bed}/block/`, {method: "POST", body: said, redirect: "manual"});
  }
  return beds;
}"""


def first_number(page: Page, within: str = "#main") -> str:
    """The first number of a person that stands on the page."""
    found = NUMBER.search(page.locator(within).first.inner_text())
    assert found
    return found.group()


def lodge(page: Page, **words: str) -> str:
    """The desk registers somebody and gives them a bed; gives their number."""
    enter(page, "desk")
    number = register(page, **words)
    page.goto(f"/house/assign/{number}/")
    page.locator("input[type=radio]").first.check(force=True)
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    return number


def press(page: Page, address: str) -> None:
    """Press the only button of the form that goes there."""
    page.locator(f"#main form[action$='{address}'] button").first.click()
    page.wait_for_load_state()


@ONE
def test_a_need_is_told_to_others_only_by_a_yes_and_answered(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    number = register(page, given_names="Omaira", surnames="Pernía Duque", birth="1956")
    accompany(page, number)
    page.goto(f"/people/{number}/needs/")
    tick(page, "consequences", "lower_bed")
    tick(page, "n08", "prefers_not")
    picture(page, f"needs-{tag}")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    for agreed in (False, True):
        page.goto(f"/house/refer/{number}/")
        page.fill("[name=organisation]", "Puesto de salud El Limonar")
        page.fill("[name=told]", "Necesita lentes para leer.")
        tick(page, "how", "spoken")
        if agreed:
            page.locator("[name=yes]").check(force=True)
            picture(page, f"refer-{tag}")
        send(page)
        if not agreed:
            expect(page.locator(WRONG).first).to_be_visible()  # nothing is told without a yes to these very words
            page.goto(f"/people/{number}/consent/")
            tick(page, "referral", "yes")
            send(page)
    page.wait_for_url("**/slip/")
    expect(page.locator("#main")).to_contain_text("lentes")
    assert number not in page.locator("#main").inner_text()  # the slip has a number of its own
    picture(page, f"slip-{tag}")
    page.goto(page.url.removesuffix("slip/"))
    tick(page, "stands", "accepted")
    page.fill("[name=words]", "La reciben el lunes a las nueve.")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    page.goto(f"/house/refer/{number}/")
    page.locator("a[href*='/house/referral/']").first.click()
    expect(page.locator("#main")).to_contain_text("lunes a las nueve")
    picture(page, f"referral-{tag}")
    page.goto("/house/directory/")
    picture(page, f"directory-{tag}")
    page.goto("/house/interpreters/")
    page.fill("#language", "Wayuunaiki")
    send(page)
    expect(page.locator("#main .task")).to_have_count(2)
    chosen = page.locator("#main form[action$='/choose/'] button")
    expect(chosen).to_have_count(1)  # who has not undertaken to keep silence is called for nobody
    chosen.click()
    expect(page.locator("#main")).to_contain_text("+57 399 555")
    picture(page, f"interpreter-{tag}")


@ONE
def test_a_voucher_is_given_once_by_its_number_against_a_receipt(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "site_manager")
    page.goto("/house/vouchers/keep/")
    tick(page, "kind", "clothes")
    page.fill("[name=amount]", "35000")
    page.fill("[name=many]", "3")
    send(page)
    page.wait_for_url("**/print/")
    voucher = first_number(page, "tbody")
    picture(page, f"vouchers-printed-{tag}")
    enter(page, "desk")
    number = register(page, given_names="Belkis", surnames="Urdaneta Paz", birth="1971")
    for press_no in range(2):
        page.goto("/house/vouchers/")
        page.fill("[name=voucher]", voucher)
        page.fill("[name=number]", number)
        tick(page, "receipt", "mark")
        send(page)
        expect(page.locator(WRONG)).to_have_count(press_no)  # a second time it is none that is left
    picture(page, f"voucher-{tag}")


@ONE
def test_beds_are_moved_on_the_board_and_a_full_house_lays_mats(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    page.goto("/house/")
    picture(page, f"board-lived-in-{tag}")
    room = page.locator("li.room", has_text="Guayacán")

    def cell(mark: str, place: int = 0) -> tuple[str, str]:
        found = room.locator(f"a[data-mark={mark}]").nth(place)
        number = str(found.get_attribute("data-bed"))
        return number, f"a[data-bed='{number}']"

    (_, asleep), (_, free) = cell("taken"), cell("free")
    page.locator(asleep).focus()
    page.keyboard.press("m")
    expect(page.locator(asleep)).to_have_class(re.compile("bed--picked"))
    page.locator(free).focus()
    page.keyboard.press("Enter")
    expect(page.locator(free)).to_have_attribute("data-mark", "taken")
    expect(page.locator(asleep)).to_have_attribute("data-mark", "free")
    page.locator(free).drag_to(page.locator(asleep))
    expect(page.locator(asleep)).to_have_attribute("data-mark", "taken")
    page.goto("/house/capacity/")
    picture(page, f"capacity-{tag}")
    page.goto("/house/waiting/")
    waiting = page.locator("#main .task").count()
    page.locator("#main a[href*='/house/together/']").first.click()
    page.wait_for_load_state()
    picture(page, f"beds-proposed-one-{tag}")
    send_first(page)
    page.goto("/house/waiting/")
    expect(page.locator("#main .task")).to_have_count(waiting - 1)
    page.goto("/house/")
    blocked = page.evaluate(BLOCK, [])
    page.goto("/house/")
    expect(page.locator("a[data-mark=free]")).to_have_count(0)
    page.locator("#main .note a[href$='/house/mats/']").click()
    page.fill("[name=mats]", "1")
    picture(page, f"mats-{tag}")
    send(page)
    page.goto("/house/")
    expect(page.locator("a[data-mark=free]")).to_have_count(1)
    page.goto("/house/waiting/")
    page.locator("#main a[href*='/house/together/']").first.click()
    page.wait_for_load_state()
    send_first(page)
    page.goto("/house/waiting/")
    expect(page.locator("#main .task")).to_have_count(waiting - 2)  # the house is full, and nobody left the list
    picture(page, f"full-house-{tag}")
    page.locator("#main a[href*='/house/waiting/']").first.click()
    tick(page, "became", "site")
    send(page)
    expect(page.locator("#main .task")).to_have_count(waiting - 3)
    page.goto("/house/")
    page.evaluate(BLOCK, blocked)


def send_first(page: Page) -> None:
    """Press the main act of a page that has several of it: the first one."""
    page.locator("#main form[data-main] .button--main").first.click()
    page.wait_for_load_state()
    expect(page.locator(WRONG)).to_have_count(0)


@OTHER
def test_a_night_and_a_breakfast_go_by_number(page_in: Open, picture: Keep, language: str, size: str) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    number = register(page, given_names="Aura", surnames="Villasmil Soto", birth="1963")
    page.goto("/house/tonight/")
    picture(page, f"tonight-{tag}")
    page.locator("#main a[href*='/tonight/free/']").first.click()
    page.wait_for_load_state()
    assert page.locator("#main form").count() == 0  # the bed is kept: too early to free it
    picture(page, f"missing-{tag}")
    for value in ("out", "back"):
        page.goto("/house/tonight/")
        page.fill("[name=number]", number)
        page.locator(f"button[value={value}]").click()
        page.wait_for_load_state()
        expect(page.locator(WRONG)).to_have_count(0)
    expect(page.locator("#main")).not_to_contain_text("Aura")
    enter(page, "caseworker")
    page.goto("/house/notices/")
    page.locator("#main a[href*='/house/notice/']").first.click()
    page.locator("[name=heard]").check(force=True)
    picture(page, f"notice-to-leave-{tag}")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)

    enter(page, "helper")
    picture(page, f"today-helper-{tag}")
    page.locator("#main .task", has_text="Comedor").locator("a").click()
    before = int(page.locator(".count__value").first.inner_text())
    for typed, is_wrong in ((number, False), (number, True), ("123450", True)):
        page.fill("[name=number]", typed)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert bool(page.locator(WRONG).count()) is is_wrong, typed
        expect(page.locator(".count__value").first).to_have_text(str(before + 1))
    picture(page, f"checkpoint-{tag}")
    page.goto("/house/kitchen/")
    assert not NUMBER.search(page.locator("#main").inner_text())
    assert "Aura" not in page.locator("#main").inner_text()
    picture(page, f"kitchen-{tag}")
    assert page.goto(f"/person/{number}/").status in {403, 404}  # type: ignore[union-attr]  # the server answers


@OTHER
def test_who_goes_on_leaves_with_a_yes_and_a_wrong_leave_is_taken_back(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    number = lodge(page, given_names="Nereida", surnames="Matos Ávila", birth="1979")
    accompany(page, number)
    page.goto(f"/house/onward/{number}/")
    page.fill("[name=to]", "Hogar de paso San Rafael")
    page.locator("[name=belongings]").check(force=True)
    send(page)
    page.goto(f"/house/onward/{number}/")
    assert page.locator("form[action$='/left/']").count() == 0  # nobody leaves before the other site says yes
    page.goto(f"/house/onward/{number}/answer/")
    tick(page, "answer", "yes")
    send(page)
    page.goto(f"/house/onward/{number}/sheet/")
    picture(page, f"move-sheet-{tag}")
    page.goto(f"/house/onward/{number}/")
    picture(page, f"move-accepted-{tag}")
    press(page, "/left/")
    expect(page.locator(WRONG)).to_have_count(0)
    page.goto("/house/moves/")
    expect(page.locator("#main")).not_to_contain_text(number)
    number = lodge(page, given_names="Delfina", surnames="Barrera Lugo", birth="1990")
    page.goto(f"/house/leave/{number}/")
    tick(page, "destination", "relatives")
    tick(page, "findable", "yes")
    picture(page, f"leave-{tag}")
    send(page)
    picture(page, f"left-{tag}")
    press(page, "/undo/")
    page.goto(f"/house/leave/{number}/")
    expect(page.locator("[name=left_on]")).to_be_visible()  # the bed is theirs again


@OTHER
def test_who_stands_twice_is_advised_put_together_and_taken_apart(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    first = register(
        page, given_names="Wilmary Josefina", surnames="Zerpa Quintero", birth="7/9/1988", mother="Ana Zerpa"
    )
    page.goto("/people/register/")
    page.fill("[name=given_names]", "Wuilmari Josefina")
    page.fill("[name=surnames]", "Serpa Quintero")
    page.fill("[name=birth]", "7/9/1988")
    page.locator("[name=call_name]").focus()
    perhaps = page.locator(f"[name=perhaps_same][value='{first}']")
    expect(perhaps).to_be_visible()
    picture(page, f"advised-{tag}")
    perhaps.click()
    expect(page.locator(f"input[name=perhaps][value='{first}']")).to_have_count(1)
    page.locator("form[data-main] button.button--main").click()
    second = page.locator(".last__number")
    expect(second).to_be_visible()
    second_number = second.inner_text()
    enter(page, "tracing_officer")
    page.goto("/people/doubles/")
    expect(page.locator("#main")).to_contain_text(second_number)
    picture(page, f"doubles-{tag}")
    page.locator("#main tr", has_text=second_number).locator("a.button").click()
    page.wait_for_load_state()
    picture(page, f"double-{tag}")
    page.locator("button[name=act][value=same]").click()
    page.wait_for_url(re.compile(r"/person/\d+/$"))
    page.goto("/people/doubles/")
    merged = page.locator("#main tr", has_text=second_number)
    expect(merged).to_have_count(1)
    merged.locator("a").click()
    page.wait_for_load_state()
    send(page)
    page.goto("/people/doubles/")
    expect(page.locator("#main tr a[href*='/doubles/together/']")).to_have_count(0)
    for number in (first, second_number):
        assert page.goto(f"/person/{number}/").status == 200  # type: ignore[union-attr]  # the server answers
        expect(page.locator("h1")).to_contain_text(number)


ROLES = ("desk", "caseworker", "tracing_officer", "lawyer", "site_manager", "auditor", "helper")


@ONE
def test_each_role_sees_its_own_today_and_no_more_of_a_person(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    number = register(page, given_names="Yraima", surnames="Bracho Finol", birth="1959")
    reads = {"desk", "tracing_officer"}
    for role in ROLES:
        enter(page, role)
        expect(page.locator("#main h1")).to_be_visible()
        picture(page, f"today-of-{role}-{tag}")
        answer = page.goto(f"/person/{number}/")
        assert answer
        shown = page.locator("#main").inner_text()
        assert ("Yraima" in shown) is (role in reads), role
        if answer.status == 200:
            picture(page, f"person-for-{role}-{tag}")
        else:
            assert answer.status in {403, 404}
