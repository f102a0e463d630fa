"""The two sample lists: the only files that a demonstration takes in, so that nobody types real people into it."""

import hashlib
from dataclasses import dataclass
from importlib import resources
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sample:
    """A file of the folder `samples`, and what it is."""

    key: str
    file_name: str
    list_name: str
    line: Promise

    def content(self) -> bytes:
        """The file's bytes."""
        return (resources.files("posada.interop") / "samples" / self.file_name).read_bytes()


SAMPLES: Final = {
    sample.key: sample
    for sample in (
        Sample(
            "coliseum",
            "lista-coliseo.csv",
            "Lista del coliseo",
            _("A volunteer's sheet from the coliseum, with its faults."),
        ),
        Sample("shelter", "lista-albergue.pfif.xml", "Lista del albergue", _("A PFIF file from the parish's shelter.")),
    )
}


def is_sample(content: bytes) -> bool:
    """Whether these bytes are one of the samples, to the last one."""
    digest = hashlib.sha256(content).digest()
    return any(hashlib.sha256(sample.content()).digest() == digest for sample in SAMPLES.values())
