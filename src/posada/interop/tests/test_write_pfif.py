import io
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.interop.pfif.read import PfifOptions, read_pfif
from posada.interop.pfif.records import PfifNote, PfifPerson
from posada.interop.pfif.validate import validate
from posada.interop.pfif.write import NAMED_FIELDS, NOTES, SAFE_FIELDS, write_pfif
from posada.interop.tests.samples import NOW
from posada.interop.text import clean_block, clean_line

_EVERYTHING = NAMED_FIELDS | {NOTES}
_PERSON = PfifPerson(
    person_record_id="posada.example/1",
    source_date=datetime(2019, 2, 23, tzinfo=UTC),
    entry_date=datetime(2019, 2, 24, tzinfo=UTC),
    author_name="AUTHOR",
    author_email="EMAIL",
    author_phone="PHONE",
    source_name="Casa",
    source_url="URL",
    full_names=("Ana Luz Prueba",),
    given_name="Ana Luz",
    family_name="Prueba",
    description="DESCRIPTION",
    sex="female",
    date_of_birth="1987-03",
    age="31",
    home_street="STREET",
    home_neighborhood="NEIGHBORHOOD",
    home_city="CITY",
    home_state="STATE",
    home_postal_code="POSTAL",
    home_country="VE",
    photo_url="PHOTO",
    profile_urls=("PROFILE",),
)
_NOTE = PfifNote(
    note_record_id="posada.example/n1",
    person_record_id="posada.example/1",
    author_name="NOTEAUTHOR",
    author_made_contact=True,
    status="believed_alive",
    email_of_found_person="FOUNDEMAIL",
    phone_of_found_person="FOUNDPHONE",
    last_known_location="LOCATION",
    text="TEXT",
)


def _written(*persons: PfifPerson, notes: tuple[PfifNote, ...] = (), **options: Any) -> bytes:
    out = io.BytesIO()
    write_pfif(persons, notes, out, now=NOW, **options)
    return out.getvalue()


def _read(content: bytes) -> list[Any]:
    items = read_pfif(io.BytesIO(content), PfifOptions(now=NOW, deaths_accepted=True))
    return [msgspec.structs.replace(item, line=0) for item in items]


def test_nothing_dangerous_goes_out_unasked() -> None:
    content = _written(_PERSON, notes=(_NOTE,))
    for word in (b"AUTHOR EMAIL PHONE URL DESCRIPTION STREET NEIGHBORHOOD CITY STATE POSTAL PHOTO PROFILE").split():
        assert word not in content
    for word in (b"1987", b"31", b"VE<", b"TEXT", b"FOUND", b"LOCATION", b"believed"):
        assert word not in content
    assert b"Ana Luz Prueba" in content


def test_what_person_finder_calls_sensitive_is_never_safe() -> None:
    sensitive = {
        "date_of_birth",
        "author_email",
        "author_phone",
        "email_of_found_person",
        "phone_of_found_person",
    }
    assert sensitive <= NAMED_FIELDS
    assert not sensitive & SAFE_FIELDS


def test_a_named_field_goes_out_and_no_other() -> None:
    content = _written(_PERSON, include=frozenset({"date_of_birth"}))
    assert b"<pfif:date_of_birth>1987-03<" in content
    assert b"CITY" not in content


def test_notes_go_out_only_when_named_and_only_with_the_fields_named() -> None:
    content = _written(_PERSON, notes=(_NOTE,), include=frozenset({NOTES, "status"}))
    assert b"believed_alive" in content
    for word in (b"NOTEAUTHOR", b"FOUND", b"LOCATION", b"TEXT"):
        assert word not in content


@pytest.mark.parametrize("options", [{"version": "1.1"}, {"include": frozenset({"contraseña"})}])
def test_it_refuses_what_does_not_exist(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not written"):
        _written(_PERSON, **options)


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.4"])
def test_its_files_have_no_fault(version: str) -> None:
    content = _written(_PERSON, notes=(_NOTE,), version=version, include=frozenset({NOTES, "age", "home_country"}))
    assert validate(io.BytesIO(content), now=NOW) == []


@pytest.mark.parametrize("version", ["1.3", "1.4"])
def test_an_expired_person_goes_out_as_a_placeholder_without_notes(version: str) -> None:
    expired = msgspec.structs.replace(_PERSON, expiry_date=datetime(2019, 2, 20, tzinfo=UTC))
    content = _written(expired, notes=(_NOTE,), version=version, include=_EVERYTHING)
    assert b"Prueba" not in content
    assert b"<pfif:full_name></pfif:full_name>" in content
    assert b"note" not in content
    assert validate(io.BytesIO(content), now=NOW) == []
    (again,) = _read(content)
    assert again.is_placeholder
    assert _read(_written(again, version=version)) == [again]


def test_a_placeholder_is_not_written_in_a_version_that_knows_none() -> None:
    expired = msgspec.structs.replace(_PERSON, expiry_date=datetime(2019, 2, 20, tzinfo=UTC))
    assert b"<pfif:person>" not in _written(expired, version="1.2")


def test_control_signs_and_marks_do_not_break_the_file() -> None:
    odd = msgspec.structs.replace(
        _PERSON, full_names=("A\x00\x0b\ufffe<b>&\ud800\u202eZ",), given_name="", family_name=""
    )
    (again,) = _read(_written(odd))
    assert again.full_name == "A<b>&Z"


_LINES = st.text(max_size=30).map(clean_line).filter(lambda text: "\ufffe" not in text and "\uffff" not in text)
_WORDS = _LINES.filter(lambda text: any(sign.isalpha() for sign in text))
_BLOCKS = st.text(max_size=60).map(clean_block)
_NAIVE = datetime.fromisoformat("2019-01-01")  # hypothesis wants bounds without a zone
_MOMENTS = st.none() | st.datetimes(
    min_value=_NAIVE.replace(year=1900),
    max_value=_NAIVE,
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
_PERSONS = st.builds(
    PfifPerson,
    person_record_id=st.just("posada.example/1"),
    source_date=_MOMENTS,
    entry_date=_MOMENTS,
    full_names=st.lists(_WORDS, min_size=1, max_size=3).map(tuple),
    given_name=_LINES,
    family_name=_LINES,
    alternate_names=st.lists(_WORDS, max_size=3).map(tuple),
    description=_BLOCKS,
    sex=st.sampled_from(["", "female", "male", "other"]),
    home_city=_LINES,
    author_name=_LINES,
    age=_LINES,
)


@settings(max_examples=60)
@given(_PERSONS)
def test_what_it_writes_our_reader_reads_back(person: PfifPerson) -> None:
    assert _read(_written(person, include=_EVERYTHING)) == [person]


@settings(max_examples=30)
@given(_PERSONS)
def test_version_1_3_loses_nothing_either(person: PfifPerson) -> None:
    simple = msgspec.structs.replace(person, description=clean_line(person.description).replace(":", ""))
    assert _read(_written(simple, version="1.3", include=_EVERYTHING)) == [simple]
