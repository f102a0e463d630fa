"""The guided story of a demonstration: twenty steps on the real screens, each a sentence and one act.

The woman of the story is registered by the visitor in step 1, so her names lie nowhere in the site's folder before:
the last step looks for them there. The words she says stand in this file, not in the site.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.asylum.models import Case
from posada.family.models import Proposal, Release
from posada.people.models import Identity, Person, Source
from posada.records.models import Change
from posada.ui.frame import Story

SESSION_KEY = "story"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whose work it is, what happens, the act, where it is done, and what she says."""

    role: Role
    sentence: Any
    act: Any
    place: Callable[[Actor], str]
    says: tuple[tuple[Any, Any], ...] = ()


def her(actor: Actor) -> Person | None:
    """The person whom the visitor registered last."""
    written = Change.objects.filter(kind=Identity.KIND).order_by("-sequence").values_list("subject", flat=True)
    house = Person.objects.visible_to(actor).filter(source=Source.HOUSE)
    return next((found for subject in written[:60] if (found := house.filter(pk=subject).first())), None)


def _her_page(name: str, argument: str = "number") -> Callable[[Actor], str]:
    def place(actor: Actor) -> str:
        found = her(actor)
        return reverse(name, kwargs={argument: found.number}) if found else reverse("people:register")

    return place


def _proposal(actor: Actor) -> Proposal | None:
    found = her(actor)
    rows = Proposal.objects.visible_to(actor).filter(person=found).select_related("request")
    return rows.order_by("-proposed_on", "pk").first() if found else None


def _proposal_page(name: str) -> Callable[[Actor], str]:
    def place(actor: Actor) -> str:
        proposal = _proposal(actor)
        return reverse(name, args=[proposal.pk]) if proposal else reverse("family:requests")

    return place


def _release_page(actor: Actor) -> str:
    """Where the words to say are shown; the list of all that is to be told, as long as no two agreed."""
    proposal = _proposal(actor)
    made = Release.objects.filter(decision__proposal=proposal).order_by("-version").first() if proposal else None
    return reverse("family:release", args=[made.pk]) if made else reverse("family:to_tell")


def _word_page(actor: Actor) -> str:
    proposal = _proposal(actor)
    return reverse("family:enquirer_word", args=[proposal.number]) if proposal else reverse("family:requests")


def _case_page(actor: Actor) -> str:
    """Her case; where one is opened, as long as there is none."""
    found = her(actor)
    case = Case.objects.visible_to(actor).filter(person=found).order_by("opened_on", "number").first()
    if case is not None:
        return reverse("asylum:case", args=[case.number])
    return reverse("asylum:open_case", args=[found.number]) if found else reverse("people:register")


def _letter_page(actor: Actor) -> str:
    case = Case.objects.visible_to(actor).filter(person=her(actor)).order_by("opened_on", "number").first()
    return reverse("asylum:print_paper", args=[case.number, "letter"]) if case else _case_page(actor)


def _paper_to_sign(actor: Actor) -> str:
    """In the oldest case of the lawyer a paper waits to be signed."""
    case = Case.objects.visible_to(actor).order_by("opened_on", "number").first()
    return reverse("asylum:part_list", args=[case.number, "signed"]) if case else reverse("asylum:home")


def _fixed(name: str) -> Callable[[Actor], str]:
    return lambda _actor: reverse(name)


STEPS: tuple[Step, ...] = (
    Step(
        Role.DESK,
        _(
            "Tuesday, nine in the morning: a woman who crossed on Saturday stands at the desk. "
            "Write down only what she can say now."
        ),
        _("Go to Register"),
        _fixed("people:register"),
        (
            (_("Given names"), "Yulesi Carolina"),
            (_("Surnames"), "Ramires Peña"),
            (_("Sex"), _("Woman")),
            (_("Birth or age"), "1987"),
            (_("Place of origin"), "San Juan de Colón"),
            (_("Mother"), "Carmen Peña"),
        ),
    ),
    Step(
        Role.DESK,
        _("Give her a bed for tonight."),
        _("Give her a bed"),
        _her_page("shelter:assign", "person_number"),
    ),
    Step(
        Role.DESK,
        _("What she needs tonight, one press each: clothes by size, shoes, soap, a charger, something warm to eat."),
        _("Go to the first night"),
        _her_page("shelter:first_night"),
    ),
    Step(
        Role.DESK,
        _(
            "The first call home belongs to the first night. Offer it: she calls her father with a phone of the house, "
            "and he is well."
        ),
        _("Go to the first call"),
        _her_page("family:first_call"),
        (
            (_("Phone of the house"), "1"),
            (_("Who was called"), "E. R. M."),
            (_("Father"), _("Well, once a week")),
        ),
    ),
    Step(
        Role.HELPER,
        _("In the kitchen the cook sees how many eat tonight, how many of them are infants, and nobody's name."),
        _("Go to the kitchen"),
        _fixed("shelter:kitchen"),
    ),
    Step(
        Role.CASEWORKER,
        _(
            "From now on a caseworker accompanies her. She knows whom she left behind: write down who, when she last "
            "heard from them, and what was agreed. Initials are enough."
        ),
        _("Go to her people"),
        _her_page("family:relatives"),
        (
            (_("Mother"), _("C. P., heard on Saturday by voice, well; a call every two days")),
            (_("Safe hours"), _("Venezuela, from 6:00 until 8:00")),
            (_("Agreed words"), "¿Ya floreció el apamate?"),
        ),
    ),
    Step(
        Role.CASEWORKER,
        _(
            "With her mother a call every two days was agreed, and Saturday is three days ago: "
            "the silence has risen on Today by itself."
        ),
        _("Go to Today"),
        _fixed("desk:today"),
    ),
    Step(
        Role.SITE_MANAGER,
        _(
            "On Monday a sister asked for her, spelt her own way. Bring in the coliseum's list and let the two meet. "
            "A list takes two persons: ask, enter as the other one, agree, and come back."
        ),
        _("Bring the list in"),
        _fixed("interop:imports"),
    ),
    Step(
        Role.TRACING_OFFICER,
        _("Nobody spells her name alike. Read line by line what speaks for the same person, and what against."),
        _("See why"),
        _proposal_page("family:proposal"),
    ),
    Step(
        Role.TRACING_OFFICER,
        _(
            "The program only proposes. You say, under your name, with a note: the same person. Then enter as the site "
            "manager, who agrees by numbers and signs and sees no names."
        ),
        _("Decide"),
        _proposal_page("family:proposal"),
    ),
    Step(
        Role.TRACING_OFFICER,
        _(
            "Turn the screen round: what her sister may learn is hers to decide. "
            "The answer that the sister gets stands beside it, and it has not changed."
        ),
        _("Turn the screen"),
        _proposal_page("family:found_decision"),
    ),
    Step(
        Role.TRACING_OFFICER,
        _(
            "She chose: only that I am alive and well. Nobody tells that alone: ask a second person, enter as the site "
            "manager, agree, and come back."
        ),
        _("See what she decided"),
        _proposal_page("family:found_state"),
    ),
    Step(
        Role.TRACING_OFFICER,
        _(
            "The program tells nobody. A person calls the sister, says exactly these words and nothing more, and notes "
            "how it went."
        ),
        _("Tell the sister"),
        _release_page,
    ),
    Step(
        Role.TRACING_OFFICER,
        _(
            "Now the two talk with each other. Found is not the end: the sister becomes a card of her people, "
            "with a next call."
        ),
        _("Note the contact"),
        _proposal_page("family:found_state"),
    ),
    Step(
        Role.TRACING_OFFICER,
        _("The request is still open. Only the sister's word closes it: “we are together again”."),
        _("Note her word"),
        _word_page,
    ),
    Step(
        Role.LAWYER,
        _(
            "Now, what comes next. Two months run from the day on which she came in. Open her case and write down that "
            "day: the page says until when, why, and by which article. A lawyer of legal aid looks at it, too."
        ),
        _("Go to her case"),
        _case_page,
        ((_("Country"), "Colombia"), (_("Entry into the country"), "23/2/2019")),
    ),
    Step(
        Role.LAWYER,
        _(
            "The letter holds what the guide lists, in its order, each with its source; what is missing stays a line "
            "to be filled in by hand. Print it: nothing of the paper is kept."
        ),
        _("Go to the letter"),
        _letter_page,
    ),
    Step(
        Role.LAWYER,
        _(
            "To somebody else a permit is offered, for a signature under the word “temporarily”. Its exact words are "
            "kept, and the warning stands beside them: first legal aid, then the pen."
        ),
        _("Read the warning"),
        _paper_to_sign,
    ),
    Step(
        Role.SITE_MANAGER,
        _("Somebody at the door should not see this. Seal the house: this computer forgets the keys."),
        _("Seal"),
        _fixed("desk:seal"),
    ),
    Step(
        Role.SITE_MANAGER,
        _("They took the disk. Search every file on it for the names that you typed."),
        _("Search the files"),
        _fixed("desk:seal"),
    ),
)


def bar_for(request: HttpRequest, actor: Actor) -> Story | None:
    """The strip above the page while the story is being told; only in a demonstration."""
    number = request.session.get(SESSION_KEY, 0) if actor.demonstration else 0
    if not 1 <= number <= len(STEPS):
        return None
    step = STEPS[number - 1]
    return Story(
        step=number,
        total=len(STEPS),
        sentence=str(step.sentence),
        act_label=str(step.act),
        act_url=reverse("desk:story_step"),
        here=step.role in actor.roles and request.path == step.place(actor),
        says=tuple((str(label), str(words)) for label, words in step.says),
    )


def entrust_her(actor: Actor, take_on: Callable[[Actor, Any], None]) -> None:
    """In step 6 the caseworker takes her file on, as they would from her page."""
    found = her(actor)
    if found is not None and actor.may(Act.TAKE_ON):
        take_on(actor, found.subject)


def entrust_to_lawyer(manager: Actor, lawyer: Actor, hand_over: Callable[..., None]) -> None:
    """Before step 16 the manager entrusts her file to the lawyer, as they would from her page."""
    found = her(manager)
    if found is not None and lawyer.user is not None and found.pk not in assigned_subjects(lawyer):
        hand_over(by=manager, subject=found.subject, to=lawyer.user, ends_others=False)
