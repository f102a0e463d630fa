"""Numbers on cards mean nothing and a slip in typing them is found."""

from posada.ground import ids


def test_it_finds_every_single_wrong_digit() -> None:
    number = ids.random_number()
    text = str(number)
    for place in range(len(text)):
        for digit in "0123456789":
            if digit != text[place]:
                assert not ids.is_sound_number(int(text[:place] + digit + text[place + 1 :] or "0"))


def test_it_finds_swapped_neighbours() -> None:
    for _ in range(200):
        text = str(ids.random_number())
        for place in range(len(text) - 1):
            if text[place] != text[place + 1]:
                swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
                assert not ids.is_sound_number(int(swapped))


def test_a_free_number_is_none_that_is_taken() -> None:
    taken = {ids.random_number(2) for _ in range(60)}
    assert all(ids.free_number(taken.__contains__, 2) not in taken for _ in range(200))


def test_it_gives_six_digits_that_check() -> None:
    for _ in range(200):
        number = ids.random_number()
        assert 100_000 <= number <= 999_999
        assert ids.is_sound_number(number)
