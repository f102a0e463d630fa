import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from posada.interop.pfif.validate import CHECKS, read_document, validate
from posada.interop.tests.shared import PFIF, needs_shared

_FOLDER = PFIF / "pfif-tools"
_CASES = json.loads((_FOLDER / "validator_expectations.json").read_text()) if _FOLDER.is_dir() else []


def _name(case: dict[str, object]) -> str:
    return f"{case['test']}-{case['xml']}-{case['check']}"


def _moment(text: str) -> datetime:
    year, month, day, *rest = (int(part) for part in text.split(","))
    hour, minute, second, _microsecond = (*rest, 0, 0, 0, 0)[:4]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@needs_shared
@pytest.mark.parametrize("case", _CASES, ids=_name)
def test_it_finds_as_many_faults_as_the_format_s_own_checker(case: dict[str, Any]) -> None:
    now = _moment(case["utcnow"]) if case["utcnow"] else None
    stream = io.BytesIO((_FOLDER / "xml" / f"{case['xml']}.xml").read_bytes())
    if case["check"] == "run_validations":
        faults = validate(stream, now=now)
    else:
        faults = CHECKS[case["check"].removeprefix("validate_")](read_document(stream), now)
    assert (len(faults) == case["count"]) == (case["op"] == "==")


@needs_shared
def test_it_knows_every_check_of_the_expectations() -> None:
    asked = {case["check"].removeprefix("validate_") for case in _CASES} - {"run_validations"}
    assert asked == set(CHECKS)


def test_it_says_where_the_fault_is() -> None:
    text = b"""<pfif xmlns="http://zesty.ca/pfif/1.4"><person>
      <person_record_id>example.org/1</person_record_id><source_date>2019-02-23</source_date><full_name/>
    </person></pfif>"""
    faults = validate(io.BytesIO(text))
    assert [(fault.code, fault.line, fault.field) for fault in faults] == [("field_format", 1, "source_date")]
