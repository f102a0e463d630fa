"""What stops a page is said calmly, whichever page it is."""

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client

from posada.accounts.acts import Role
from posada.records.quotas import QuotaReached
from posada.vault.errors import Unreadable

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    ("what", "status"),
    [(QuotaReached(), 429), (Unreadable(), 410), (OperationalError("disk is full"), 503)],
)
def test_it_is_a_sentence_and_a_way_on(
    browse: Callable[[Role], Client], monkeypatch: pytest.MonkeyPatch, what: Exception, status: int, language: str
) -> None:
    def stop(*_arguments: object) -> None:
        raise what

    client = browse(Role.DESK)
    monkeypatch.setattr("posada.desk.views.pages.waiting.tasks_for", stop)
    answer = client.get("/", headers={"accept-language": language})
    page = answer.content.decode()
    assert answer.status_code == status
    assert "Traceback" not in page
    assert 'href="/"' in page
    assert "disk is full" not in page.split("<main")[0]
