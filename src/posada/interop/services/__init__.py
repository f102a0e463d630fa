"""Writes: into quarantine, out of it by a yes or a no, and out of the house."""

from posada.interop.services.deciding import ask_to_confirm, check_agreed, confirm, dismiss
from posada.interop.services.exporting import (
    Exported,
    ask_to_export,
    count_consenting,
    export_agreed,
    export_pfif,
)
from posada.interop.services.gathering import FileRefused
from posada.interop.services.mappings import save_mapping
from posada.interop.services.quarantine import (
    NotWaiting,
    Wanted,
    begin,
    content_of,
    preview,
    quarantine,
    read_again,
    read_into,
    start_changing,
)
from posada.interop.services.sweeping import sweep

__all__ = [
    "Exported",
    "FileRefused",
    "NotWaiting",
    "Wanted",
    "ask_to_confirm",
    "ask_to_export",
    "begin",
    "check_agreed",
    "confirm",
    "content_of",
    "count_consenting",
    "dismiss",
    "export_agreed",
    "export_pfif",
    "preview",
    "quarantine",
    "read_again",
    "read_into",
    "save_mapping",
    "start_changing",
    "sweep",
]
