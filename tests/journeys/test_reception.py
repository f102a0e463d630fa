"""Reception as it is worked in: the door, the short form, a household and its beds, the night, the roll call.

Each journey goes once, in turn in either language and size; both with POSADA_LONG=1 or for the pictures.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ONE, OTHER
from tests.journeys.test_family import WRONG, accompany, send, tick
from tests.journeys.test_own_way import enter, register

pytestmark = [pytest.mark.browser, pytest.mark.server]

Open = Callable[..., Page]
Keep = Callable[[Page, str], None]
FORM_NUMBER = re.compile(r"\b\d{7}\b")


def printed(page: Page, button: str) -> str:
    """Press a button that makes a PDF; gives what stands on it."""
    with page.expect_download() as taken:
        page.locator(button).first.click()
    path = Path(taken.value.path())
    document = pypdfium2.PdfDocument(path)
    words = "\n".join(sheet.get_textpage().get_text_range() for sheet in document)
    path.unlink()
    return words


@ONE
def test_from_the_door_to_the_first_night(page_in: Open, picture: Keep, language: str, size: str) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    page.goto("/house/door/")
    picture(page, f"door-{tag}")
    page.keyboard.press("0")
    page.wait_for_url("**/people/register/")
    page.keyboard.type("Zoraida")
    page.keyboard.press("Control+Enter")
    last = page.locator(".last__number")
    expect(last).to_be_visible()
    number = last.inner_text()
    page.locator(".last__acts a").first.click()
    page.wait_for_url(re.compile(f"/people/{number}/card/"))
    expect(page.locator("#main")).to_contain_text(number)
    assert "Zoraida" not in page.locator("#main").inner_text()
    page.goto(f"/house/first-night/{number}/")
    done = page.locator("section.panel details")
    before = done.count()
    page.locator("section.panel > form button").first.click()
    page.wait_for_load_state()
    expect(done).to_have_count(before + 1)
    picture(page, f"first-night-{tag}")


@OTHER
def test_a_household_is_registered_on_one_page_and_given_beds_in_one_press(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    page.goto("/people/register/household/")
    lines = page.locator(".lines__line")
    for place, given in enumerate(("Nohemí", "Asdrúbal", "Keiber")):
        lines.nth(place).locator("input[name$=given_names]").fill(given)
        lines.nth(place).locator("input[name$=surnames]").fill("Colmenares Rey")
        lines.nth(place).locator("input[name$=birth]").fill(("1984", "1982", "2012")[place])
        lines.nth(place).locator("select[name$=sex]").select_option("female" if place == 0 else "male")
    page.locator("form[data-main] button.button--main").click()
    last = page.locator(".last__number")
    expect(last).to_be_visible()
    number = last.inner_text()
    page.goto(f"/house/together/{number}/")
    picture(page, f"beds-proposed-{tag}")
    expect(page.locator("#main .cluster .num")).to_have_count(3)
    give = page.locator("#main form[data-main] .button--main")
    expect(give).to_have_count(1)
    give.click()
    page.wait_for_load_state()
    expect(page.locator(WRONG)).to_have_count(0)
    page.goto(f"/house/first-night/{number}/")
    assert page.locator(f"a[href='/house/assign/{number}/']").count() == 0  # they have their bed
    page.goto("/house/")
    picture(page, f"board-{tag}")


@OTHER
def test_the_roll_is_called_room_by_room(page_in: Open, picture: Keep, language: str, size: str) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    register(page, given_names="Eulalia", surnames="Sayago Rangel", birth="1960")
    page.goto("/house/roll/")
    page.locator("#main form[data-main] .button--main").click()
    page.wait_for_url(re.compile(r"/house/roll/\d+/"))
    picture(page, f"roll-room-{tag}")
    rooms = 0
    while re.search(r"/house/roll/\d+/", page.url):
        rooms += 1
        assert rooms < 40
        for one in page.locator("fieldset.roll").all():
            one.locator("input[type=radio]").first.check(force=True)
        page.locator("#main form[data-main] .button--main").click()
        page.wait_for_load_state()
        expect(page.locator(WRONG)).to_have_count(0)
    expect(page.locator("form[action$='/roll/finish/'] button")).to_be_visible()
    picture(page, f"roll-ready-{tag}")
    page.locator("form[action$='/roll/finish/'] button").click()
    page.wait_for_load_state()
    expect(page.locator("form[action$='/roll/begin/'] button")).to_be_visible()


@ONE
def test_a_child_alone_is_opened_by_one_key_and_the_authority_is_told(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    number = register(page, given_names="Jeiker", surnames="Araque")
    page.goto("/house/door/")
    page.keyboard.press("2")
    page.wait_for_url("**/house/door/child/")
    page.fill("[name=number]", number)
    send(page)
    page.wait_for_url(re.compile(f"/house/child/{number}/"))
    tick(page, "claimed", "neighbour")
    page.fill("[name=brought_by]", "Una vecina de El Piñal")
    page.fill("[name=one]", "Rosa")
    send(page)
    expect(page.locator(WRONG).first).to_be_visible()  # one adult is not enough
    page.fill("[name=two]", "Hernán")
    picture(page, f"child-opened-{tag}")
    send(page)
    expect(page.locator(WRONG)).to_have_count(0)
    expect(page.locator("#main form[action$='/told/'] .button--main")).to_be_visible()
    picture(page, f"child-{tag}")
    page.fill("[name=to]", "Comisaría de familia")
    page.locator("[name=how]").first.fill("Por teléfono")
    send(page)
    expect(page.locator("#main form[action$='/told/']")).to_have_count(0)
    page.goto(f"/house/assign/{number}/")
    picture(page, f"child-beds-{tag}")


@OTHER
def test_a_form_on_paper_is_typed_in_once_and_a_list_is_accounted_for(
    page_in: Open, picture: Keep, language: str, size: str
) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    page.goto("/people/forms/")
    picture(page, f"paper-forms-{tag}")
    page.fill("[name=count]", "2")
    numbers = FORM_NUMBER.findall(printed(page, "#main form[action='/people/forms/'] button"))
    assert len(set(numbers)) == 2
    for turn in (1, 2):
        page.goto("/people/forms/")
        page.locator("#main form[data-main] [name=form_number]").fill(numbers[0])
        send(page)
        if turn == 2:
            expect(page.locator(WRONG).first).to_be_visible()  # each number once
            break
        page.fill("[name=written_on]", "26/2/2019")
        page.fill("[name=given_names]", "Orangel")
        page.fill("[name=birth]", "1971")
        picture(page, f"typed-in-{tag}")
        send(page)
        expect(page.locator(WRONG)).to_have_count(0)
    page.goto("/house/lists/")
    assert "POSADA" not in printed(page, "#main form[action$='/evacuation/pdf/'] button")
    page.goto("/house/lists/")
    rows = page.locator("#main li.card")
    before = rows.count()
    assert before
    picture(page, f"lists-{tag}")
    rows.first.locator("a").click()
    page.locator("[name=fate][value=burnt]").check(force=True)
    page.fill("[name=copies]", "1")
    send(page)
    page.goto("/house/lists/")
    expect(rows).to_have_count(before - 1)


@ONE
def test_a_lost_document_says_what_stands_in_for_it(page_in: Open, picture: Keep, language: str, size: str) -> None:
    page, tag = page_in(language, size), f"{language}-{size}"
    enter(page, "desk")
    number = register(page, given_names="Belkis", surnames="Contreras Mora", birth="1990")
    accompany(page, number)
    for kind, held, seen in (("id_card", "person", "original"), ("passport", "lost", "nothing")):
        page.goto(f"/people/{number}/documents/add/")
        tick(page, "kind", kind)
        tick(page, "held_by", held)
        tick(page, "seen", seen)
        page.fill("[name=country]", "Venezuela")
        send(page)
        expect(page.locator(WRONG)).to_have_count(0)
    page.goto(f"/people/{number}/documents/")
    expect(page.locator("#main li.card")).to_have_count(2)
    expect(page.locator("#main li.card h2")).to_have_count(1)  # what stands in for the lost one
    picture(page, f"documents-{tag}")
