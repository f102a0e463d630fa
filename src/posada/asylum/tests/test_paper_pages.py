"""The pages of a case's papers: chosen, completed, printed; nothing that was only needed to print is kept."""

import re
from collections.abc import Callable

import msgspec
import pytest
from django.apps import apps
from django.conf import settings
from django.db import router
from django.test import Client
from django.urls import reverse

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.asylum.models import Case
from posada.asylum.papers.given import PaperKind
from posada.asylum.rules.casefile import CaseFile
from posada.asylum.services.parts import change_part
from posada.asylum.tests.accounts_here import make_case, make_person
from posada.asylum.tests.papers_here import KEPT, a_file, squeezed, words_of
from posada.audit.models import AuditEntry
from posada.records.door import Reason
from posada.records.models import SealedRecord

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]
Browse = Callable[[Role], Client]
ONLY_HERE = "Calle del Rosario 77"


@pytest.fixture
def case(site: Site, staff: dict[Role, User], actors: dict[Role, Actor]) -> Case:
    person, child = make_person(site, "Carmen"), make_person(site, "Luz")
    made = make_case(site, person, child, lawyer=staff[Role.LAWYER])
    accounts.assign(user_id=staff[Role.LAWYER].pk, site_id=site.pk, subject=person.pk)

    def filled(file: CaseFile) -> CaseFile:
        return msgspec.structs.replace(a_file(), members=file.members)

    change_part(by=actors[Role.LAWYER], case=made, part="dates", alter=filled)
    return made


@pytest.fixture
def lawyer(browse: Browse) -> Client:
    client = browse(Role.LAWYER)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def _at(case: Case, kind: str) -> str:
    return reverse("asylum:print_paper", args=[case.number, kind])


def test_every_paper_is_reached_from_the_case(case: Case, lawyer: Client) -> None:
    listed = reverse("asylum:papers", args=[case.number])
    assert listed in lawyer.get(reverse("asylum:case", args=[case.number])).content.decode()
    page = lawyer.get(listed).content.decode()
    assert not [kind for kind in PaperKind if _at(case, kind) not in page]
    assert reverse("asylum:steps_aloud", args=[case.number]) in page
    assert reverse("asylum:case_accounts", args=[case.number]) in page, "the account goes with the letter"
    assert "Paraguachón" not in page


@pytest.mark.parametrize("kind", PaperKind)
def test_each_is_printed_with_what_its_page_offers_first(kind: PaperKind, case: Case, lawyer: Client) -> None:
    page = lawyer.get(_at(case, kind))
    assert page.status_code == 200
    form = page.context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value()}
    answer = lawyer.post(_at(case, kind), typed)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert "Carmen" not in answer["Content-Disposition"]
    words = words_of(answer.content)
    assert ("Carmen" in words) is ("names" in form.fields)
    assert "Asistencia legal" in words
    assert not [one for one in KEPT if one in squeezed(words)]


def test_what_was_only_typed_to_be_printed_is_kept_nowhere(case: Case, lawyer: Client) -> None:
    before = SealedRecord.objects.count(), Case.objects.get(pk=case.pk).record.version
    typed = {"names": "print", "address": ONLY_HERE, "reasons": ONLY_HERE, "evidence": ONLY_HERE}
    answer = lawyer.post(_at(case, "letter"), typed)
    assert ONLY_HERE in words_of(answer.content)
    assert (SealedRecord.objects.count(), Case.objects.get(pk=case.pk).record.version) == before
    for model in apps.get_models():
        if router.allow_migrate_model("default", model):
            for row in model._default_manager.using("default").values():
                assert ONLY_HERE not in str(row)


def test_printing_is_written_down_and_names_are_opened_only_if_they_are_printed(case: Case, lawyer: Client) -> None:
    def opened(act: str) -> int:
        return AuditEntry.objects.filter(act=act, reason=Reason.PRINT).count()

    lawyer.post(_at(case, "letter"), {"names": "by_hand"})
    assert opened("asylum.read") == 1
    assert opened("people.read_identity") == 0
    words = words_of(lawyer.post(_at(case, "letter"), {"names": "print"}).content)
    assert "Carmen" in words
    assert "Luz" not in words, "a file that this lawyer does not hold is not opened for a paper"
    assert opened("asylum.read") == 2


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("letter", {}, "Say whether names are printed"),
        ("late", {"names": "print", "about": "CO-NO-SUCH"}, "Choose one of those shown"),
        ("appeal", {"names": "print"}, "Choose one of those shown"),
        ("appeal", {"names": "print", "about": "made up"}, "Choose one of those shown"),
        ("late", {"names": "print", "about": "CO-ASY-020", "reasons": "a" * 10_001}, "10000"),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_printed(
    kind: str, typed: dict[str, str], words: str, case: Case, lawyer: Client
) -> None:
    answer = lawyer.post(_at(case, kind), typed)
    assert answer.status_code == 422
    assert words in re.sub(r"(?<=\d)[.,\s](?=\d{3})", "", answer.content.decode())
    assert not AuditEntry.objects.filter(reason=Reason.PRINT).exists()


def test_what_may_be_late_is_offered_with_where_it_is_written(case: Case, lawyer: Client) -> None:
    page = lawyer.get(_at(case, "late")).content.decode()
    said = "Decreto 1067/2015 art. 2.2.3.1.6.1 (CO-ASY-020, source 2026-09-11, confidence A)"
    assert f"Ask for refuge from inside the country: {said}" in page


def test_a_paper_that_there_is_not_is_not_found(case: Case, lawyer: Client) -> None:
    assert lawyer.get(_at(case, "passport")).status_code == 404


def test_a_paper_about_something_that_is_not_known_yet_says_so_and_is_printed_empty(
    case: Case, lawyer: Client, actors: dict[Role, Actor]
) -> None:
    def emptied(file: CaseFile) -> CaseFile:
        return msgspec.structs.replace(file, meetings=(), decisions=(), appeals=())

    change_part(by=actors[Role.LAWYER], case=Case.objects.get(pk=case.pk), part="dates", alter=emptied)
    for kind, typed in (("appointment", {}), ("appeal", {"names": "by_hand"})):
        assert "The case says nothing of this yet" in lawyer.get(_at(case, kind)).content.decode()
        assert lawyer.post(_at(case, kind), typed)["Content-Type"] == "application/pdf"


def test_the_next_steps_are_read_aloud_without_a_name_and_each_with_its_source(case: Case, lawyer: Client) -> None:
    page = lawyer.get(reverse("asylum:steps_aloud", args=[case.number])).content.decode()
    aloud = page.partition('id="next-steps"')[2].partition("What the guide says")[0]
    assert 'data-aloud="next-steps"' in page
    assert "Ask for refuge from inside the country" in aloud
    assert "speak with legal aid" in aloud
    assert "Carmen" not in page
    for rule in ("CO-ASY-020", "CO-ASY-070", "CO-REF-LEGAL"):
        assert f'data-rule="{rule}"' in page


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.LAWYER])
def test_no_other_role_prints_anything(role: Role, case: Case, browse: Browse) -> None:
    client = browse(role)
    for answer in (
        client.get(reverse("asylum:papers", args=[case.number])),
        client.get(reverse("asylum:steps_aloud", args=[case.number])),
        client.get(_at(case, "letter")),
        client.post(_at(case, "letter"), {"names": "print"}),
    ):
        assert answer.status_code in {403, 404}


def test_where_the_guide_does_not_list_what_the_letter_holds_the_page_says_so_beside_legal_aid(
    case: Case, lawyer: Client
) -> None:
    address = reverse("asylum:papers", args=[case.number])
    said = "does not list what this letter must hold"
    assert said not in lawyer.get(address).content.decode()
    Case.objects.update(country="PE")
    page = lawyer.get(address).content.decode()
    assert said in page
    assert "PE-REF-LEGAL" in page
