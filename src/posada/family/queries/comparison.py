"""Two sides of a proposal, field by field, with what each agreement weighs, in words and as a picture."""

import uuid
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted_role
from posada.family import matching
from posada.family.matching import Compared, Language, Line
from posada.family.models import Against, Enquirer, Proposal, Separation, Sought
from posada.family.rules import levels
from posada.family.rules.bands import BAND_LABELS, Band, band_of
from posada.family.rules.parting import came_after
from posada.people.models import Identity, Person, Sex
from posada.people.queries import may
from posada.people.rules import SEX_WORDS, birth_in_words
from posada.records.door import Reason, open_record
from posada.ui.parts import Badge
from posada.ui.pictures.waterfall import Waterfall

SHOWN_AT_MOST = 0.995


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison."""

    field: str
    label: str
    left: str
    right: str
    sign: str
    word: str

    @property
    def badge(self) -> Badge:
        """The line's sign and word."""
        return Badge(f"{levels.MARKS[self.sign]} {self.word}", levels.KINDS[self.sign])  # type: ignore[arg-type]  # a kind


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that the page of a proposal shows. `identity` is the person who is here, where there is one."""

    rows: tuple[Row, ...]
    picture: Waterfall
    probability: float
    sought: Sought
    identity: Identity | None

    @property
    def percent(self) -> str:
        """The probability as it is written; never quite 0 and never quite 100."""
        if self.probability > SHOWN_AT_MOST:
            return _("over 99 %")
        return _("%(percent)d %%") % {"percent": max(round(self.probability * 100), 1)}

    @property
    def band(self) -> Band:
        """The word of the probability as it is now."""
        return band_of(self.probability)

    @property
    def band_words(self) -> str:
        """The same, as it is said."""
        return str(BAND_LABELS[self.band])


def language_at_hand() -> Language:
    """The language of the page, of the two that evidence is said in."""
    return "en" if (get_language() or "es").startswith("en") else "es"


def comparison(proposal: Proposal, *, by: Actor) -> Comparison:
    """Open both sides, each for itself and written down, and compare them."""
    sought = open_record(proposal.request.sought, Sought, by=by, reason=Reason.COMPARE)
    identity: Identity | None = None
    if proposal.person is not None:
        identity = open_record(proposal.person.identity, Identity, by=by, reason=Reason.COMPARE)
        other: Identity | Sought | Enquirer = identity
    elif proposal.other_request is not None and proposal.against == Against.SOUGHT:
        other = open_record(proposal.other_request.sought, Sought, by=by, reason=Reason.COMPARE)
    elif proposal.other_request is not None:
        other = open_record(proposal.other_request.enquirer, Enquirer, by=by, reason=Reason.COMPARE)
    else:
        raise ValueError("a proposal has a person or another request")
    found = matching.compare_contents(proposal, sought, other, language=language_at_hand())
    rows = [_row(line, sought, other) for line in found.lines if line.is_shown]
    return Comparison(
        rows=(*rows, *_parting(proposal, identity, by), *_family(proposal, found, by)),
        picture=Waterfall(found.picture, found.steps, found.sentences),
        probability=found.probability,
        sought=sought,
        identity=identity,
    )


def _parting(proposal: Proposal, identity: Identity | None, by: Actor) -> list[Row]:
    """When and where they were parted, beside when and where the person who is here came. It weighs nothing."""
    record = proposal.request.separation
    if identity is None or record is None:
        return []
    parted = open_record(record, Separation, by=by, reason=Reason.COMPARE)
    came = Identity(birth=identity.arrived_on.isoformat()) if identity.arrived_on else Identity()
    when = came_after(parted.on, identity.arrived_on)
    said = {"same": _("came afterwards"), "near": _("the same time"), "different": _("was here before"), "blank": ""}
    last = parted.last_known_place or parted.place
    where = matching.compare_places(last, identity.arrival_place)
    return [
        Row(
            "parted_on",
            _("Parted, arrived"),
            birth_in_words(Identity(birth=parted.on)) if parted.on else "",
            birth_in_words(came),
            when,
            said[when] or levels.word("", when),
        ),
        Row("parted_at", _("Last known place, place of arrival"), last, identity.arrival_place, where, _where(where)),
    ]


def _where(sign: levels.Sign) -> str:
    return _("another place") if sign == "different" else levels.word("", sign)


def _family(proposal: Proposal, found: Compared, by: Actor) -> list[Row]:
    """Whether the family around them fits. It names nobody; a number only to who may open that person."""
    if not found.family.levels:
        return []
    speaks_for = found.shared > 0
    sign: levels.Sign = "near" if speaks_for else "different"
    word = _("speaks for it") if speaks_for else _("speaks against it")
    return [Row("kin", _("Family around them"), "–", _who_fits(proposal, found, by), sign, word)]


def _who_fits(proposal: Proposal, found: Compared, by: Actor) -> str:
    if not found.family.members or found.shared <= 0:
        return "–"
    persons = Person.objects.filter(pk__in=[uuid.UUID(hex=one) for one in found.family.members])
    may_ask = granted_role(by, Act.READ_REQUEST, proposal.request.enquirer_subject) is not None
    numbers = [str(one.number) for one in persons.order_by("number") if may_ask and may(by, Act.READ_IDENTITY, one)]
    if not numbers:
        return _("a relative fits")
    return _("a relative fits: %(numbers)s") % {"numbers": ", ".join(numbers)}


def _row(line: Line, sought: Sought, other: Identity | Sought | Enquirer) -> Row:
    left, right = line.left, line.right
    if line.field == "sex":
        left, right = _sex(left), _sex(right)
    if line.field == "birth_date":
        left, right = _birth(sought), "" if isinstance(other, Enquirer) else _birth(other)
    return Row(line.field, line.label, left, right, line.sign, levels.word(line.level, line.sign))


def _sex(value: str) -> str:
    return str(SEX_WORDS[Sex(value)])


def _birth(content: Identity | Sought) -> str:
    known = Identity(birth=content.birth, age=content.age, age_on=content.age_on)
    return birth_in_words(known)
