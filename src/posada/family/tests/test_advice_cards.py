"""The advice cards: both languages whole, each with its source; on the screen, by ear and on one page of paper."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.family.rules.advice_cards import LANGUAGES, advice_cards
from posada.ui.pictures.marks import MARKS

Browse = Callable[[Role], Client]


def test_each_card_stands_in_both_languages_with_source_day_and_confidence() -> None:
    whole = {language: advice_cards(language) for language in LANGUAGES}
    assert len({len(cards) for cards in whole.values()}) == 1
    assert len(whole["es"]) >= 10
    for spanish, english in zip(whole["es"], whole["en"], strict=True):
        assert spanish.title != english.title
        for card in (spanish, english):
            assert card.mark in MARKS
            assert len(card.lines) == 2
            assert all(0 < len(line) <= 120 for line in card.lines), "two short lines, for paper and for the ear"
            assert card.source
            assert card.confidence in {"A", "B", "ours"}
            assert card.is_ours == (card.source == "our advice")
        assert bool(spanish.note) == bool(english.note)


@pytest.mark.parametrize(
    "words",
    [
        "Nunca pedimos dinero",
        "#31#",
        "«Última vez»",
        "marcas azules",
        "grupos",
        "foto de perfil",
        "línea propia",
        "Quién más tiene",
        "retén",
        "Dos frases acordadas",
        "La voz primero",
    ],
)
def test_practice_advises_on_this(words: str) -> None:
    assert any(words in f"{card.title} {' '.join(card.lines)}" for card in advice_cards("es"))


@pytest.mark.django_db(databases=["default", "keyring"])
@pytest.mark.parametrize("name", ["advice", "advice_print"])
def test_the_language_of_the_cards_is_not_that_of_the_screen(browse: Browse, name: str) -> None:
    client = browse(Role.DESK)
    for language, here, elsewhere in (("es", "Nunca pedimos", "We never ask"), ("en", "We never ask", "Nunca pedimos")):
        page = client.get(reverse(f"family:{name}"), {"language": language}).content.decode()
        assert '<html lang="es"' in page, "the screen stays Spanish"
        assert here in page
        assert elsewhere not in page
        assert f'lang="{language}"' in page.split("<main", 1)[1]


@pytest.mark.django_db(databases=["default", "keyring"])
def test_an_unknown_language_is_that_of_the_screen(browse: Browse) -> None:
    page = browse(Role.CASEWORKER).get(reverse("family:advice"), {"language": "../es"}).content.decode()
    assert "Nunca pedimos" in page


@pytest.mark.django_db(databases=["default", "keyring"])
def test_each_card_can_be_read_aloud(browse: Browse) -> None:
    page = browse(Role.DESK).get(reverse("family:advice")).content.decode()
    for place in range(1, len(advice_cards("es")) + 1):
        assert f'data-aloud="advice-{place}"' in page
        assert f'id="advice-{place}"' in page


@pytest.mark.django_db(databases=["default", "keyring"])
def test_the_paper_names_no_house_and_nobody(browse: Browse) -> None:
    page = browse(Role.DESK).get(reverse("family:advice_print")).content.decode()
    leaflet = page.split('<ul class="leaflet"', 1)[1].split("</ul>", 1)[0]
    assert "data-aloud" not in leaflet
    assert "http" not in leaflet
