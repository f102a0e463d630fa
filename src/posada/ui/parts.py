"""What the components are given: frozen and small. A template may be given anything with the same names."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["neutral", "good", "wait", "danger", "note"]


@dataclass(frozen=True, slots=True)
class Act:
    """A press: a link, or with `post` a small form of its own. `main` fills it; `danger` sets it apart."""

    label: str
    url: str
    post: bool = False
    look: Literal["main", "plain", "quiet", "danger"] = "plain"
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    text: str
    kind: Kind = "neutral"


@dataclass(frozen=True, slots=True)
class Count:
    """One number of a count line, with what it counts."""

    value: int
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class MaskedCard:
    """A person as one may see them before opening: initials, a line of coarse facts, a chance, three words of
    why."""

    title: str
    line: str = ""
    why: str = ""
    badge: Badge | None = None
    acts: tuple[Act, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One row of what waits: a badge, what, about which number, and the one act."""

    title: str
    line: str
    badge: Badge
    act: Act


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, and when and by whom it was said. An empty value reads as "not asked"."""

    label: str
    value: str
    when: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a stepper."""

    label: str
    state: Literal["done", "now", "next"] = "next"


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One sentence of a history: what happened, when, by whom."""

    sentence: str
    when: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    """A question before an act that cannot be taken back: what will happen, to how many, and the way out."""

    heading: str
    sentence: str
    act_label: str
    cancel_url: str
    consequences: tuple[str, ...] = ()
    action: str = ""
    danger: bool = True
