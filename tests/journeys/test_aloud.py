"""Reading aloud: only with a voice of this machine; a remote one would send the words out. The voices are played."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "src/posada/ui/static/ui/js/aloud.js"
# A browser's voices, and what each was given to say.
STAGE = """
window.said = []; window.cancelled = 0; window.voices = %s;
window.SpeechSynthesisUtterance = function (words) { this.words = words; };
const speech = new EventTarget();
speech.getVoices = () => window.voices;
speech.speak = (one) => window.said.push([one.words, one.voice.name, one.voice.localService, one]);
speech.cancel = () => { window.cancelled += 1; };
Object.defineProperty(window, "speechSynthesis", { value: speech });
"""
LOCAL = '{name: "here", lang: "es_VE", localService: true}'
REMOTE = '{name: "far", lang: "es-ES", localService: false}'
UNSAID = '{name: "unsaid", lang: "es-ES"}'
ENGLISH = '{name: "english", lang: "en-GB", localService: true}'


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def _open(page: Page, *voices: str, language: str = "es", block_language: str = "") -> None:
    with translation.override("en"):
        button = render_to_string("ui/parts/aloud.html", {"block": "text"})
    lang = f' lang="{block_language}"' if block_language else ""
    page.set_content(f'<html lang="{language}"><div id="text"{lang}><p>Uno.</p><ul><li>Dos.</li></ul></div>{button}')
    page.evaluate(STAGE % f"[{', '.join(voices)}]")
    page.add_script_tag(content=SCRIPT.read_text())


def test_a_local_voice_of_the_language_reads_and_a_second_press_stops(page: Page) -> None:
    _open(page, REMOTE, UNSAID, ENGLISH, LOCAL)
    button = page.locator("[data-aloud]")
    assert button.is_visible()
    button.click()
    assert page.evaluate("said.map((one) => one.slice(0, 3))") == [["Uno.", "here", True], ["Dos.", "here", True]]
    assert button.inner_text() == "Stop reading"
    before = page.evaluate("cancelled")
    button.click()
    assert page.evaluate("cancelled") == before + 1
    assert (button.inner_text(), button.get_attribute("aria-pressed")) == ("Read aloud", "false")


@pytest.mark.parametrize("voices", [(), (REMOTE,), (UNSAID,), (ENGLISH,), (REMOTE, UNSAID, ENGLISH)])
def test_without_a_local_voice_of_the_language_it_is_hidden_and_nothing_is_said(
    page: Page, voices: tuple[str, ...]
) -> None:
    _open(page, *voices)
    assert not page.locator("[data-aloud]").is_visible()
    page.evaluate("document.querySelector('[data-aloud]').click()")
    assert page.evaluate("said.length") == 0


def test_the_language_is_that_of_the_block_not_of_the_page(page: Page) -> None:
    _open(page, LOCAL, ENGLISH, language="es", block_language="en-GB")
    page.locator("[data-aloud]").click()
    assert page.evaluate("said[0][1]") == "english"


def test_voices_that_come_later_show_the_button_and_one_that_goes_hides_it(page: Page) -> None:
    _open(page)
    page.evaluate(f"voices = [{LOCAL}]; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    assert page.locator("[data-aloud]").is_visible()
    page.evaluate(f"voices = [{REMOTE}]")
    page.locator("[data-aloud]").click()
    assert page.evaluate("said.length") == 0
    assert not page.locator("[data-aloud]").is_visible()


def test_it_rests_when_all_was_said_and_stops_when_the_page_is_left(page: Page) -> None:
    _open(page, LOCAL)
    page.locator("[data-aloud]").click()
    page.evaluate("said[said.length - 1][3].onend()")
    assert page.locator("[data-aloud]").inner_text() == "Read aloud"
    page.locator("[data-aloud]").click()
    before = page.evaluate("cancelled")
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert page.evaluate("cancelled") == before + 1


def test_without_scripts_the_text_stands_and_the_button_does_not() -> None:
    assert " hidden>" in render_to_string("ui/parts/aloud.html", {"block": "text"})
