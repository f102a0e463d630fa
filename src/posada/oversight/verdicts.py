"""What a verification of the audit found, as sentences: on the page and at the shell."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from posada.audit.heads import Found, Verdict
from posada.ui.parts import Kind


@dataclass(frozen=True, slots=True)
class Said:
    """A title, a sentence, and whether all is well."""

    kind: Kind
    title: str
    text: str

    @property
    def is_well(self) -> bool:
        """Whether nothing wrong was found."""
        return self.kind != "danger"


def said(found: Found, *, kept: int | None = None) -> Said:
    """The verdict in words; `kept` is after how many entries the head that was typed was kept."""
    values = {"entries": found.entries, "kept": kept or 0, "at": found.broken_at or 0}
    if found.verdict is Verdict.AS_KEPT:
        text = _("Everything up to entry %(kept)d is as it was printed. Since then %(more)d entries were added.")
        return Said("good", _("As it was printed"), text % {**values, "more": found.entries - (kept or 0)})
    if found.verdict is Verdict.WHOLE:
        text = _(
            "Each of the %(entries)d entries follows the one before. Without the words of an earlier sheet nobody can "
            "see whether the end was cut off, or everything was written anew."
        )
        return Said("note", _("No break was found"), text % values)
    if found.verdict is Verdict.SHORT:
        text = _(
            "The sheet counts %(kept)d entries and here are %(entries)d: the end was cut off, or this is an older "
            "copy. Keep the sheet, copy the site folder to a stick as it is, and tell whoever runs the house."
        )
        return Said("danger", _("Entries are missing"), text % values)
    if found.verdict is Verdict.OTHER:
        text = _(
            "Up to entry %(kept)d the audit is not the one that was printed: something was changed and everything "
            "after it written anew, or the sheet is of another house, or a word was typed wrong. Type it once more. "
            "If it stays, keep the sheet, copy the site folder to a stick as it is, and tell whoever runs the house."
        )
        return Said("danger", _("Not as it was printed"), text % values)
    text = _(
        "Entry %(at)d does not follow the one before: an entry was changed, removed or put elsewhere. Copy the site "
        "folder to a stick as it is, and tell whoever runs the house."
    )
    return Said("danger", _("The chain is broken"), text % values)
