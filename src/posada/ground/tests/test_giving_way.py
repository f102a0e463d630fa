"""Long work gives way to somebody who waits for a page."""

import pytest

from posada.ground import giving_way


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How often and how long it rested, without the time passing."""
    found: list[float] = []
    monkeypatch.setattr("posada.ground.giving_way.time.sleep", found.append)
    monkeypatch.setattr(giving_way, "AT_A_TIME", -1.0)
    return found


def test_it_rests_between_rows_while_somebody_waits(rests: list[float]) -> None:
    with giving_way.answering(), giving_way.answering():
        assert list(giving_way.gently(range(3))) == [0, 1, 2]
    assert rests == [giving_way.GIVEN] * 3


def test_it_does_not_rest_when_nobody_waits_any_more(rests: list[float]) -> None:
    with pytest.raises(ValueError, match="a page that failed"), giving_way.answering():
        raise ValueError("a page that failed")
    assert list(giving_way.gently("abc")) == ["a", "b", "c"]
    assert rests == []
