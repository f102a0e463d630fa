"""S9 at the door for relatives: whatever is wrong with a code or a word, the same bytes in the same time."""

import gc
import random
import re
import time

import pytest
from django.test import Client
from pytest_django import Settings

from posada.accounts.models import Site
from posada.accounts.permissions import system_actor
from posada.family import services as family
from posada.family.models import Freeze, PageState, PageWords, Relative, RelativePage, Risk
from posada.family.queries.pages import Wanted
from posada.family.rules import codes
from posada.family.services import page_door
from posada.family.services.pages import prepare_page
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Identity
from tests.faults.test_neutral_answer import EACH, LONG, _allowed, _auc

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SEED = 19
WORD = "la cabra Canela"
KINDS = ("never existed", "wrong word", "used", "expired", "closed", "frozen", "one too many")


def _code(site: Site) -> str:
    """A page that can be opened, for a relative of its own."""
    by = system_actor(site.pk)
    person = people.register_person(by=by, identity=Identity(given_names="Marisol", surnames="Quintero"))
    content = Relative(who="Mamá", country="CO", risk_level=Risk.NONE_KNOWN)
    card = family.add_relative(by=by, person=person, content=content)
    wanted = Wanted(words=PageWords(lines=("Estoy bien.",)), spoken=WORD, fled="VE")
    return prepare_page(by=by, card=card, wanted=wanted).code


def _codes(site: Site) -> dict[str, str]:
    """A code of each kind. None of them opens anything, but for the same reason to whoever types it: none."""
    found = {kind: _code(site) for kind in KINDS}
    found["never existed"] = codes.new_code()
    assert page_door.knock(code=found["used"], word=WORD) is not None
    for kind, changed in (
        ("expired", {"expires_hour": 1}),
        ("closed", {"state": PageState.CLOSED}),
    ):
        RelativePage.objects.filter(code=_mark(found[kind])).update(**changed)
    frozen = RelativePage.objects.get(code=_mark(found["frozen"]))
    Freeze.objects.create(site=site, resident=frozen.card.resident, since=clock.today())
    return found


def _mark(code: str) -> str:
    return page_door.pages.code_mark(code)


def _plain(body: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)


def _measure(settings: Settings, found: dict[str, str], kinds: tuple[str, ...]) -> tuple[set[bytes], dict[str, float]]:
    rng, client = random.Random(SEED), Client()  # noqa: S311 - the order of the knocks
    bodies: set[bytes] = set()
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    gc.collect()
    gc.disable()
    row = RelativePage.objects.filter(code=_mark(found["wrong word"]))
    try:
        for turn in range(EACH + 3):
            for kind in rng.sample(kinds, len(kinds)):
                settings.KNOCKS = {"page": (0, 0) if kind == "one too many" else (10**9, 10**9)}
                word = "un perro verde" if kind == "wrong word" else WORD
                row.update(tries=0)  # so that as many knocks as are measured do not end it
                start = time.thread_time_ns()
                answer = client.post("/r/", {"code": found[kind], "word": word})
                took = time.thread_time_ns() - start
                assert answer.status_code == 200
                bodies.add(_plain(answer.content))
                if turn >= 3:  # the first ones fill caches
                    times[kind].append(took)
    finally:
        gc.enable()
    return bodies, {f"{one}/{two}": _auc(times[one], times[two]) for one in kinds for two in kinds if one < two}


def test_no_knock_tells_whether_a_code_ever_was_or_the_word_is_wrong(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    found = _codes(site)
    bodies, told = _measure(settings, found, KINDS)
    worst = max(told, key=lambda pair: told[pair])
    allowed = _allowed(len(told))
    slow = page_door.pages.word_mark

    def only_if_it_was(code: str, word: str) -> str:
        """A door that forgets to do the work for a code that never was: the control."""
        return "-" * 64 if code == found["never existed"] else slow(code, word)

    monkeypatch.setattr(page_door.pages, "word_mark", only_if_it_was)
    (control,) = _measure(settings, found, ("never existed", "wrong word"))[1].values()
    with capsys.disabled():
        print(
            f"\nthe door for relatives: {EACH} each of {len(KINDS)}, seed {SEED}: {len(bodies)} kind of bytes, highest "
            f"AUC {told[worst]:.3f} ({worst}), allowed {allowed:.3f}, control (no Argon2 for a code that never was) "
            f"{control:.3f}, {'full' if LONG else 'short'} count, {time.monotonic() - began:.1f} s"
        )
    assert len(bodies) == 1
    assert control > allowed
    assert told[worst] <= allowed
