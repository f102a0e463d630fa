"""Pages to be printed: a typst template and its data become a tagged PDF, in memory alone, with the fonts it carries.

Nothing is written to a disk: neither the template with its data nor the PDF. What the data says cannot become a command
of the template: it comes in as JSON, as text.
"""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
import typst
from django.http import HttpResponse


def typeset(template: Path, data: Mapping[str, Any], *, language: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of a template with its data; `language` is the language of its words."""
    given = {"data": json.dumps({**data, "lang": language[:2]}, ensure_ascii=False)}
    made = typst.compile(
        template.read_bytes(), format="pdf", ignore_system_fonts=True, pdf_standards="ua-1", sys_inputs=given
    )
    if not isinstance(made, bytes):
        raise TypeError(template.name)
    return made


def printed_code(text: str) -> str:
    """A square code of these words as an SVG that a template can place."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=2, scale=4, xmldecl=False)
    return out.getvalue().decode()


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """The PDF as an attachment, for no cache; `name` says nothing of anybody."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
