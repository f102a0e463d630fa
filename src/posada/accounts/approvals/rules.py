"""Which acts need two persons, who may be the second, and when one may go on. No database, no clock."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from posada.accounts.acts import Act, Role


class Kind(StrEnum):
    """The acts that the table of protection.md marks with 2. What saves somebody is never among them."""

    IMPORT = "import"
    EXPORT = "export"
    SAME_PERSON = "same_person"
    STAFF = "staff"
    ERASURE = "erasure"
    RELEASE = "release"
    DEATH_NEWS = "death_news"


class WithoutSecond(StrEnum):
    """What a site says about release, export and import when nobody agrees."""

    WAIT = "wait"
    REFUSE = "refuse"


class Way(StrEnum):
    """By what an act went on: the word that stands in the audit."""

    AGREED = "agreed"
    ELSEWHERE = "elsewhere"
    WAITED = "waited"
    WAITED_IN_DOUBT = "waited_in_doubt"
    SINGLE_KEEPER = "single_keeper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked for. `digest` binds it to what was shown (`digest_of`): versions, a file's hash, the roles wanted.

    `subject` is whom or what it is about, `number` and `count` are shown to the second, `terms` are fixed words.
    """

    kind: Kind
    digest: str
    subject: uuid.UUID | None = None
    number: int | None = None
    count: int = 1
    terms: str = ""


LASTS: Final = timedelta(days=7)
WAIT: Final = timedelta(hours=24)
WRONG_CODES: Final = 5
WAITS: Final = frozenset({Kind.IMPORT, Kind.EXPORT, Kind.SAME_PERSON, Kind.RELEASE})
# For these, the agreement itself carries it out: what follows is the found person's own decision, or a human voice.
BY_AGREEING: Final = frozenset({Kind.SAME_PERSON, Kind.RELEASE})

# What who asks must be allowed to do.
ASKED_FOR: Final = {
    Kind.IMPORT: Act.IMPORT,
    Kind.EXPORT: Act.EXPORT,
    Kind.SAME_PERSON: Act.DECIDE_PROPOSAL,
    Kind.STAFF: Act.MANAGE_STAFF,
    Kind.ERASURE: Act.CONFIRM_ERASURE,
    Kind.RELEASE: Act.RELEASE,
    Kind.DEATH_NEWS: Act.NOTE_DEATH,
}
_TRACING: Final = frozenset({Role.TRACING_OFFICER, Role.SITE_MANAGER})
_ANY: Final = frozenset({Role.CASEWORKER, Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER})
# Who may be the second: for a match or a release not a caseworker; the auditor and the desk never.
SECONDS: Final = {
    Kind.IMPORT: _ANY,
    Kind.EXPORT: _ANY,
    Kind.SAME_PERSON: _TRACING,
    Kind.STAFF: _ANY,
    Kind.ERASURE: _ANY,
    Kind.RELEASE: _TRACING,
    Kind.DEATH_NEWS: _ANY,
}


def may_be_second(kind: Kind, roles: frozenset[Role]) -> bool:
    """Whether somebody with these roles may agree to an act of this kind that somebody else asked for."""
    return bool(SECONDS[kind] & roles)


def digest_of(*parts: object) -> str:
    """What an approval is bound to: 64 hex digits of everything that was shown, in order."""
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def goes_alone(kind: Kind, *, single_keeper: bool) -> bool:
    """Whether the announced single keeper does this at once, marked. What goes in or out waits for them, too."""
    return single_keeper and kind not in WAITS


def may_wait(kind: Kind, without_second: WithoutSecond) -> bool:
    """Whether a wait takes the place of a second."""
    return kind in WAITS and without_second is WithoutSecond.WAIT
