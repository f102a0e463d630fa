"""A file as its page shows it: counts, what a yes will do, what came of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.interop.contents import Reading
from posada.interop.messages import sentence
from posada.interop.models import ImportFile
from posada.ui.parts import Count


@dataclass(frozen=True, slots=True)
class Decision:
    """The main act of the page, and what will happen; no act where there is nothing to bring in."""

    act: str
    lines: tuple[str, ...]


def counts_of(file: ImportFile) -> tuple[Count, ...]:
    """What was found in the file."""
    rows = (
        (file.persons, _("requests") if file.of_requests else _("people")),
        (file.known, _("known from before")),
        (file.notes, _("notes")),
        (file.placeholders, _("expired")),
        (file.rejected, _("rows left out")),
        (file.warnings, _("to check")),
    )
    return tuple(Count(value, label) for value, label in rows if value or label == rows[0][1])


def decision_of(file: ImportFile) -> Decision:
    """What pressing the main button does, and to how many."""
    if not file.persons + file.notes + file.placeholders:
        return Decision("", ())
    fresh = max(0, file.persons - file.known)
    lines = _lines_about_requests(file, fresh) if file.of_requests else _lines_about_people(file, fresh)
    if file.rejected:
        lines.append(
            ngettext(
                "%(n)d row stays out; the report says why.", "%(n)d rows stay out; the report says why.", file.rejected
            )
            % {"n": file.rejected}
        )
    lines.append(_("The file itself is erased here afterwards."))
    return Decision(_act(file), tuple(lines))


def _act(file: ImportFile) -> str:
    if not file.persons and file.notes:
        return ngettext("Bring in %(n)d note", "Bring in %(n)d notes", file.notes) % {"n": file.notes}
    if not file.persons:
        return ngettext("Empty %(n)d person", "Empty %(n)d persons", file.placeholders) % {"n": file.placeholders}
    if file.of_requests:
        return ngettext("Open %(n)d request", "Open %(n)d requests", file.persons) % {"n": file.persons}
    if file.known >= file.persons:
        return ngettext("Update %(n)d person", "Update %(n)d people", file.persons) % {"n": file.persons}
    return ngettext("Bring in %(n)d person", "Bring in %(n)d people", file.persons) % {"n": file.persons}


def _lines_about_people(file: ImportFile, fresh: int) -> list[str]:
    lines = []
    if fresh:
        lines.append(
            ngettext(
                "%(n)d person comes into the register as a name on a list: no bed, no card.",
                "%(n)d people come into the register as names on a list: no bed, no card.",
                fresh,
            )
            % {"n": fresh}
        )
    if file.known:
        lines.append(
            ngettext(
                "%(n)d person is known from an earlier list and is updated if anything changed; nobody comes twice.",
                "%(n)d people are known from an earlier list and are updated if anything changed; nobody comes twice.",
                file.known,
            )
            % {"n": file.known}
        )
    if file.placeholders:
        lines.append(
            ngettext(
                "%(n)d record has expired: whom it brought is emptied here, too.",
                "%(n)d records have expired: whom they brought is emptied here, too.",
                file.placeholders,
            )
            % {"n": file.placeholders}
        )
    if file.notes and file.persons:
        lines.append(_about_notes(file.notes))
    if fresh or file.known:
        lines.append(_("They are compared with the open searches; whoever may be meant is proposed, never told."))
    return lines


def _about_notes(count: int) -> str:
    return ngettext(
        "%(n)d note is kept beside its person, unverified; it changes nobody's status.",
        "%(n)d notes are kept beside their persons, unverified; they change nobody's status.",
        count,
    ) % {"n": count}


def _lines_about_requests(file: ImportFile, fresh: int) -> list[str]:
    lines = []
    if fresh:
        lines.append(
            ngettext("%(n)d tracing request is opened.", "%(n)d tracing requests are opened.", fresh) % {"n": fresh}
        )
    if file.known:
        lines.append(
            ngettext(
                "%(n)d request is here already and is updated if anything changed.",
                "%(n)d requests are here already and are updated if anything changed.",
                file.known,
            )
            % {"n": file.known}
        )
    lines.append(_("Each is compared with the register; whoever may be meant is proposed, never told."))
    return lines


def result_of(file: ImportFile) -> tuple[Count, ...]:
    """What came of a file that was brought in."""
    rows = (
        (file.added, _("new")),
        (file.updated, _("updated")),
        (file.unchanged, _("unchanged")),
        (file.emptied, _("emptied, expired")),
        (file.notes_taken, _("notes")),
        (file.rejected, _("rows left out")),
    )
    return tuple(Count(value, label) for place, (value, label) in enumerate(rows) if value or place == 0)


def notes_on(file: ImportFile, reading: Reading) -> list[str]:
    """What is worth knowing of a file that is read nevertheless."""
    found = [sentence(remark) for remark in reading.remarks]
    if reading.notes_dropped:
        found.append(
            ngettext(
                "%(n)d note speaks of a person whose record expired; it was not read.",
                "%(n)d notes speak of persons whose records expired; they were not read.",
                reading.notes_dropped,
            )
            % {"n": reading.notes_dropped}
        )
    if reading.fields_ignored:
        names = ", ".join(reading.fields_ignored)
        found.append(
            _("These fields of the file have no place here and are not taken in: %(names)s.") % {"names": names}
        )
    return found
