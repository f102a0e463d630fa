"""The contents of the specimen page: invented, and the same each time."""

from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from posada.ui.forms import (
    CodeInput,
    DateOrAge,
    PhraseInput,
    PlainArea,
    PlainText,
    SegmentedChoice,
    StackedChoice,
    StackedMultiple,
)
from posada.ui.frame import Entry, Frame, Story
from posada.ui.parts import Act, Badge, Count, Fact, HistoryLine, MaskedCard, Stage, Tab, Task
from posada.ui.pictures.family_tree import Member, Tie, family_tree
from posada.ui.pictures.marks import MARKS
from posada.ui.pictures.waterfall import Waterfall

SPECIMEN = Path(__file__).parent / "templates" / "ui" / "specimen"


class SpecimenForm(forms.Form):
    """One field of each kind."""

    voluntary = frozenset({"mother"})

    given = forms.CharField(label=gettext_lazy("Given names"), widget=PlainText())
    surnames = forms.CharField(label=gettext_lazy("Surnames"), widget=PlainText(), required=False)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        choices=[("f", gettext_lazy("Woman")), ("m", gettext_lazy("Man")), ("x", gettext_lazy("Other"))],
        widget=SegmentedChoice(keys={"f": "f", "m": "m", "x": "x"}),
    )
    birth = forms.CharField(
        label=gettext_lazy("Birth or age"),
        help_text=gettext_lazy("31, 1987, March 1987 or 14/3/1987"),
        widget=DateOrAge(),
    )
    company = forms.ChoiceField(
        label=gettext_lazy("Comes"),
        choices=[
            ("1", gettext_lazy("Alone")),
            ("2", gettext_lazy("With the household")),
            ("3", gettext_lazy("With others")),
        ],
        widget=SegmentedChoice(keys={"1": "1", "2": "2", "3": "3"}),
        required=False,
    )
    mother = forms.CharField(label=gettext_lazy("Mother"), widget=PlainText(), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("es", "Español"), ("guc", "Wayuunaiki")], required=False
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("May relatives find this person?"),
        help_text=gettext_lazy("Never asked in front of the queue. Saying no changes nothing in the house."),
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No")),
            ("later", gettext_lazy("Not asked yet: in private, within 48 hours")),
        ],
        widget=StackedChoice(),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What is needed tonight"),
        choices=[("call", gettext_lazy("A call home")), ("clothes", gettext_lazy("Clothes and shoes"))],
        widget=StackedMultiple(),
        required=False,
    )
    told = forms.BooleanField(label=gettext_lazy("It was read aloud"))
    note = forms.CharField(label=gettext_lazy("Note"), widget=PlainArea(), required=False)
    phrase = forms.CharField(label=gettext_lazy("Phrase of the house"), widget=PhraseInput(), required=False)
    code = forms.CharField(label=gettext_lazy("Code"), widget=CodeInput(), required=False)
    paper = forms.FileField(label=gettext_lazy("File"), required=False)


def example_frame() -> Frame:
    """A frame in which nothing leads anywhere."""
    places = (
        (_("Today"), "today", 3, True),
        (_("Register"), "register", None, True),
        (_("Find"), "search", None, True),
        (_("House"), "house", None, True),
        (_("Family"), "family", 4, False),
        (_("Import"), "import", None, False),
        (_("Oversight"), "oversight", None, False),
    )
    return Frame(
        site_name=_("House on the way"),
        place_line=_("Parish, reception"),
        demonstration=True,
        language=get_language() or "es",
        role_label=_("Reception"),
        entries=tuple(
            Entry(label, "#", key, current=key == "today", count=count, primary=primary)
            for label, key, count, primary in places
        ),
        lock_url="#",
        seal_url="#",
        language_url="",
        story=Story(3, 10, _("She tells you whom she left behind."), _("Note her relatives"), "#"),
        actor_label="A. P.",
        quota_line=_("12 of 40 persons opened this hour"),
        idle_seconds=0,
    )


def _cards() -> list[MaskedCard]:
    acts = (Act(_("Same person"), "#"), Act(_("Somebody else"), "#"))
    sounds = _("The surname sounds the same; the first name is almost the same; the age fits.")
    sister = _("Same surnames, another first name: perhaps family.")
    return [
        MaskedCard("Y. C. R. P.", _("born 1987 · S."), sounds, Badge("91 %", "wait"), acts),
        MaskedCard("Y. R. P.", _("born 1999 · S."), sister, Badge("38 %", "note"), acts),
    ]


def _tasks() -> list[Task]:
    return [
        Task(
            _("Three days without news of a mother"),
            _("Resident 26040 · a call every two days was agreed · last heard Saturday, by voice, well"),
            Badge(_("silence"), "danger"),
            Act(_("Open"), "#", look="main"),
        ),
        Task(
            _("Somebody seeks a person who is here"),
            _("Request 118 · mother · 97 % · same surnames, name written otherwise, same town"),
            Badge(_("very likely"), "wait"),
            Act(_("Compare"), "#"),
        ),
    ]


def _facts() -> list[Fact]:
    return [
        Fact(_("Names"), "Yulesi Carolina", _("Tuesday 26 February, 16:40"), _("reception")),
        Fact(_("Comes from"), "San Juan de Colón", _("Tuesday 26 February, 16:40")),
        Fact(_("Mother"), ""),
    ]


def _history() -> list[HistoryLine]:
    return [
        HistoryLine(_("The year of birth was corrected from 1978 to 1987."), _("today, 9:12"), "A. P."),
        HistoryLine(_("She was registered with two children."), _("yesterday, 16:40"), _("reception")),
    ]


def _waterfall() -> Waterfall:
    """A drawing of the engine's, kept beside the page: this room does not know the engine."""
    language = "en" if (get_language() or "es").startswith("en") else "es"
    drawing = (SPECIMEN / f"waterfall_{language}.svg").read_text(encoding="utf-8")
    steps = ((_("Before any evidence"), "−13.2", "−13.2"), (_("Surnames"), "+19.1", "+5.9"))
    return Waterfall(drawing, steps)


def _tree() -> str:
    members = (
        Member("m", "C. P.", 0, "away", contact=True, must_not_know=True, note=_("mother")),
        Member("f", "R. R.", 0, "away", note=_("father")),
        Member("y", "Yulesi Carolina", 1, "here", note=_("she")),
        Member("w", "W. R. P.", 1, "sought", note=_("brother")),
        Member("k", "D. y S.", 2, "here", note=_("children")),
    )
    ties = (
        Tie("m", "f", "partner", in_contact=True),
        Tie("m", "y", "parent", in_contact=True),
        Tie("f", "y", "parent"),
        Tie("m", "w", "parent"),
        Tie("f", "w", "parent"),
        Tie("y", "k", "parent", in_contact=True),
    )
    return family_tree(members, ties, _("Family of resident 26040"))


def _stages() -> list[Stage]:
    return [Stage(_("File"), "done"), Stage(_("Columns"), "now"), Stage(_("Check")), Stage(_("Take in"))]


def context() -> dict[str, Any]:
    """All that the specimen page shows."""
    wrong = SpecimenForm({"surnames": "R", "consent": "perhaps"})
    return {
        "frame": example_frame(),
        "blank": SpecimenForm(initial={"sex": "f", "company": "2", "consent": "later"}, prefix="blank"),
        "wrong": wrong,
        "cards": _cards(),
        "counts": [
            Count(30, _("in the house tonight")),
            Count(9, _("beds free")),
            Count(12, _("arrived today")),
            Count(4, _("proposals to decide"), "#"),
        ],
        "tasks": _tasks(),
        "facts": _facts(),
        "lines": _history(),
        "stages": _stages(),
        "tabs": [
            Tab(_("Who"), "#", current=True),
            Tab(_("My people"), "#", count=3),
            Tab(_("Papers"), "#"),
        ],
        "press": Act(_("Register somebody"), "#", look="main"),
        "kinds": ("neutral", "good", "wait", "danger", "note"),
        "marks": tuple(MARKS),
        "waterfall": _waterfall(),
        "tree": _tree(),
    }
