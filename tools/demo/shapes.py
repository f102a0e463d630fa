"""The shapes of the invented world: frozen, comparable, and without a word on anybody's profession.

No shape has a field for work, force, rank or unit, and none may get one: the world is drawn without that
knowledge, so no page of the demonstration can betray it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

Sex = Literal["female", "male", ""]
Answer = Literal["yes", "no", "not_asked"]
HouseholdRelation = Literal["head", "partner", "child", "parent", "sibling", "grandparent", "grandchild", "other"]
Relation = Literal[
    "mother",
    "father",
    "sister",
    "brother",
    "partner",
    "daughter",
    "son",
    "grandmother",
    "aunt",
    "uncle",
    "cousin",
]
Channel = Literal["voice", "text", "voice_note", "through_someone", ""]
State = Literal["well", "worried", "in_danger", "unknown"]

HOUSE_ZONE = ZoneInfo("America/Bogota")
CLOCK = datetime(2019, 2, 26, 9, 0, tzinfo=HOUSE_ZONE)
CROSSING = date(2019, 2, 23)


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer per purpose; nothing is taken as said before it was asked in private."""

    to_be_found: Answer = "not_asked"
    to_carry_messages: Answer = "not_asked"
    to_share_with_partners: Answer = "not_asked"


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the register or of somebody's list.

    `birth` is '1987-03-14', '1987-03', '1987' or ''; `age` counts years on the day `age_on`. `listed_by` is
    '' for those whom the house registered itself. `human` is the truth, for tests and measurement only and
    never stored in a site: the key of the first line that means the same human being.
    """

    key: str
    human: str
    given_names: str
    surnames: str
    sex: Sex
    arrived_on: date
    call_name: str = ""
    other_names: str = ""
    birth: str = ""
    age: int | None = None
    age_on: date | None = None
    origin: str = ""
    mother: str = ""
    father: str = ""
    nationalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    phone: str = ""
    arrived_at: time | None = None
    arrived_place: str = ""
    household: str = ""
    household_relation: HouseholdRelation = "head"
    description: str = ""
    consent: Consent = field(default_factory=Consent)
    listed_by: str = ""
    present: bool = False

    @property
    def full_name(self) -> str:
        """Given names, then surnames."""
        return f"{self.given_names} {self.surnames}".strip()


@dataclass(frozen=True, slots=True)
class Room:
    """A room with a neutral name, and who it is for."""

    key: str
    name: str
    beds: int
    kept_for: Literal["families", "women", "men"]
    tenths_m2: int
    rule: Literal["any", "families", "quiet", "no_steps", "early"] = "any"


@dataclass(frozen=True, slots=True)
class Stay:
    """A bed in use tonight."""

    person: str
    room: str
    bed: int
    since: date


@dataclass(frozen=True, slots=True)
class Relative:
    """A card of "my people": a relative whom a resident left behind and wants to keep track of."""

    key: str
    of_person: str
    who: str
    relation: Relation
    last_heard_at: datetime | None
    channel: Channel
    how: State
    interval_hours: int
    safe_hours: str = ""
    agreed_words: str = ""
    must_not_know: str = ""
    in_country: str = "VE"
    other_ways: str = ""
    trusted: str = ""

    def silent_at(self, moment: datetime) -> bool:
        """Whether the silence is longer than agreed; never heard from counts as silence."""
        if self.last_heard_at is None:
            return True
        return (moment - self.last_heard_at).total_seconds() > self.interval_hours * 3600


@dataclass(frozen=True, slots=True)
class Enquirer:
    """Who asks: a resident (`person` is a key, the rest may be blank) or somebody outside.

    `relation` is what the enquirer is to the sought person.
    """

    person: str = ""
    name: str = ""
    relation: Relation = "sister"
    channel: str = ""
    phone: str = ""
    safe_hours: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """The sought person in the enquirer's words, with the errors that people make."""

    given_names: str
    surnames: str
    sex: Sex
    birth: str = ""
    age: int | None = None
    origin: str = ""
    mother: str = ""
    father: str = ""
    other_names: str = ""


@dataclass(frozen=True, slots=True)
class Separation:
    """How the two were parted."""

    on: date
    place: str
    circumstances: str
    last_contact: date | None = None
    last_known_place: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A tracing request. `truth` is the `human` of the sought person, or None when it is nobody here.

    `also` are others whom the same enquirer seeks in the same telling.
    """

    key: str
    enquirer: Enquirer
    sought: Sought
    separation: Separation
    opened_on: date
    truth: str | None = None
    also: tuple[Sought, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that the house lends, by the number on its tag."""

    tag: int
    kind: Literal["phone", "charger", "headset"]


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """A quarter of an hour of today at a phone of the house; `made` if it is over."""

    tag: int
    person: str
    at: time
    card: str = ""
    made: bool = False


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Calls that nobody answered."""

    card: str
    moments: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message to a relative, or a reply; `stands` is how it went, step by step."""

    card: str
    at: datetime
    sentences: tuple[str, ...]
    words: str = ""
    way: Literal["whatsapp", "sms", ""] = ""
    stands: tuple[Literal["sent", "delivered", "failed"], ...] = ()
    reply: bool = False


@dataclass(frozen=True, slots=True)
class Harmed:
    """What happened to a relative, and the parts that the resident lets the house's lawyer be told."""

    card: str
    what: Literal["summoned"]
    on: date
    place: str
    seen_on: date
    seen_where: str
    who_knows: str
    said: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FalseCaller:
    """Somebody who called with a trick."""

    on: date
    phone: str
    said_to_be: Literal["hospital", "house"]
    wanted: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Two residents of different households who are family: what `other` is to `one`."""

    one: str
    other: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class FamilyRoom:
    """What goes on between house and families; `lent` are tags and persons, `charging` whose own phones lie here."""

    things: tuple[Thing, ...]
    lent: tuple[tuple[int, str], ...]
    charging: tuple[str, ...]
    calls: tuple[PlannedCall, ...]
    unanswered: tuple[Unanswered, ...]
    messages: tuple[Message, ...]
    harmed: tuple[Harmed, ...]
    callers: tuple[FalseCaller, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """Somebody outside who helps; `line` are the last four figures of a telephone, `checked` so many days ago."""

    name: str
    kind: Literal["health", "legal", "women", "school", "lodging"]
    helps: str
    line: int
    checked: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who interprets."""

    name: str
    language: str
    sex: Literal["woman", "man"]
    line: int
    by_phone: bool
    undertaken: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """What somebody let an organisation of this kind be told, `ago` days ago, and what came of it, step by step."""

    kind: Literal["health", "legal", "school"]
    told: tuple[str, ...]
    stands: tuple[Literal["accepted", "done"], ...]
    ago: int
    answer: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Living:
    """What goes on in the house; every word that is not explained is the key of a person, or several.

    `beside`: an infant and in whose bed it sleeps. `on_mats`: their bed is to be repaired. `no_meat`, `soft`: what is
    cooked for them. `ate`: had their breakfast. `first_night`: got what they lacked. `long_gone`: missing since the
    24th; `not_back`: since last night; `out`: said so, and when they are back. `to_leave_by`: has a notice.
    `onward`: who asked for a bed elsewhere, and whose was accepted. `apart`: never in one room.
    """

    beside: tuple[tuple[str, str], ...]
    on_mats: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    voices: tuple[Voice, ...]
    asides: tuple[Aside, ...]
    no_meat: tuple[str, ...]
    soft: tuple[str, ...]
    ate: tuple[str, ...]
    first_night: tuple[str, ...]
    had_voucher: tuple[str, ...]
    post: tuple[str, ...]
    long_gone: str
    not_back: str
    out: str
    to_leave_by: str
    onward: tuple[str, str]
    apart: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Arrival:
    """The person of the story who is typed in at the desk, with the cards that are typed after her."""

    person: Person
    relatives: tuple[Relative, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a fresh demonstration holds; `arrival` is not yet registered when it opens."""

    seed: int
    clock: datetime
    persons: tuple[Person, ...]
    rooms: tuple[Room, ...]
    stays: tuple[Stay, ...]
    relatives: tuple[Relative, ...]
    requests: tuple[Request, ...]
    family: FamilyRoom
    living: Living
    arrival: Arrival

    @property
    def registered(self) -> tuple[Person, ...]:
        """Those whom the house registered itself."""
        return tuple(person for person in self.persons if not person.listed_by)

    @property
    def listed(self) -> tuple[Person, ...]:
        """Those who stand on other people's lists."""
        return tuple(person for person in self.persons if person.listed_by)
