import io
import json
from datetime import UTC
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posada.interop.dates import BadValueError, parse_moment, write_moment
from posada.interop.items import (
    FileProblem,
    Finished,
    ImportedNote,
    ImportedPerson,
    Item,
    Refusal,
    RowProblem,
)
from posada.interop.latest import latest_news
from posada.interop.pfif.read import PfifOptions, PfifReader, read_pfif
from posada.interop.pfif.records import PfifNote, PfifPerson
from posada.interop.pfif.values import parse_boolean, split_other
from posada.interop.shaping import separation_of
from posada.interop.tests.samples import NOW, items_of, person, pfif, request
from posada.interop.tests.shared import PFIF, needs_shared
from posada.interop.text import clean_block

_VECTORS: dict[str, Any] = (
    json.loads((PFIF / "personfinder_behaviour_vectors.json").read_text()) if PFIF.is_dir() else {}
)


def _read(content: bytes, **options: Any) -> list[Any]:
    return list(read_pfif(io.BytesIO(content), PfifOptions(now=NOW, **options)))


def _kinds(items: list[Any]) -> list[str]:
    return [item.code if isinstance(item, RowProblem) else type(item).__name__ for item in items]


def _file(name: str) -> bytes:
    return (PFIF / name).read_bytes()


# The expectations of the shared folder


@needs_shared
def test_it_reads_the_valid_times_and_no_others() -> None:
    for text, meaning in _VECTORS["datetime_valid"].items():
        moment = parse_moment(text)
        assert moment is not None
        assert moment.strftime("%Y-%m-%d %H:%M:%S UTC") == meaning
    assert [parse_moment(value) for value in _VECTORS["datetime_empty_is_none"]] == [None, None]
    for text in _VECTORS["datetime_invalid"]:
        with pytest.raises(BadValueError):
            parse_moment(text)


@needs_shared
def test_it_reads_booleans_and_strips_as_expected() -> None:
    assert all(parse_boolean(text) for text in _VECTORS["boolean_true"])
    assert not any(parse_boolean(text) for text in _VECTORS["boolean_false"])
    assert [clean_block(before) for before, _after in _VECTORS["strip"]] == [
        after for _before, after in _VECTORS["strip"]
    ]


@needs_shared
def test_it_reads_version_1_4_as_expected() -> None:
    items = _read(_file("test.pfif-1.4.xml"))
    expected = _VECTORS["test.pfif-1.4.xml"]
    persons = [item for item in items if isinstance(item, PfifPerson)]
    notes = [item for item in items if isinstance(item, PfifNote)]
    assert (len(persons), len(notes)) == (expected["persons_written"], expected["notes_written"])
    assert persons[0].home_city == "_test_home_city"
    assert persons[0].full_names == ("_test_full_name1", "_test_full_name2")
    assert persons[0].alternate_names == ("_test_alternate_name1", "_test_alternate_name2")


@needs_shared
def test_it_hears_the_latest_news_by_date_and_not_by_arrival() -> None:
    expected = _VECTORS["test.pfif-1.4.xml"]
    notes = [item for item in items_of(_file("test.pfif-1.4.xml")) if isinstance(item, ImportedNote)]
    for order in (notes, notes[::-1]):
        latest = latest_news(order)
        assert (latest.status, latest.status_date) == (
            expected["latest_status"],
            expected["latest_status_source_date"],
        )
        assert (latest.found, latest.found_date) == (expected["latest_found"], expected["latest_found_source_date"])


def test_only_the_asker_s_own_last_word_tells_when_the_two_spoke() -> None:
    def note(author: str, day: int, *, spoke: bool) -> ImportedNote:
        return ImportedNote(author_name=author, source_date=f"2019-02-{day}T00:00:00Z", author_made_contact=spoke)

    heard = [note("Rosa Inventada", 20, spoke=True), note("Otra", 24, spoke=True)]
    parted = separation_of(heard, "ROSA INVENTADA")
    assert parted is not None
    assert parted.last_contact == "2019-02-20"
    assert separation_of(heard, "") is None
    assert separation_of([*heard, note("Rosa Inventada", 25, spoke=False)], "Rosa Inventada") is None


@needs_shared
def test_it_reads_version_1_1_into_the_shape_of_1_4() -> None:
    items = _read(_file("test.pfif-1.1.xml"))
    assert _kinds(items) == ["PfifPerson", "PfifNote", "PfifNote"]
    one, note, silent = items
    assert (one.given_name, one.family_name) == ("_test_first_name", "_test_last_name")
    assert one.home_postal_code == "_test_home_zip"
    assert one.description == "_test_description"
    assert one.home_city == "_test_home_city"
    assert note.person_record_id == one.person_record_id
    assert (note.author_made_contact, silent.author_made_contact) == (True, None)


@needs_shared
def test_it_skips_the_record_of_another_domain() -> None:
    items = _read(_file("test.pfif-1.2-badrecord.xml"), own_domain="test.google.com")
    expected = _VECTORS["test.pfif-1.2-badrecord.xml"]
    assert sum(isinstance(item, PfifPerson) for item in items) == expected["person_records"]
    assert [item.code for item in items if isinstance(item, RowProblem)] == ["foreign_domain"] * expected[
        "people_skipped"
    ]


@needs_shared
def test_it_reads_files_that_hold_notes_only() -> None:
    assert _kinds(_read(_file("test.pfif-1.2-note.xml"))) == ["PfifNote", "PfifNote"]
    assert _kinds(_read(_file("test.pfif-1.2-notification.xml"))) == ["PfifNote"]


@needs_shared
def test_it_takes_no_news_of_a_death_from_a_file_unless_told() -> None:
    content = _file("test.pfif-1.2-believed-dead.xml")
    assert _kinds(_read(content)) == ["death_not_accepted"]
    assert _kinds(_read(content, deaths_accepted=True)) == ["PfifNote"]


@needs_shared
def test_it_keeps_letters_of_every_script() -> None:
    content = (PFIF / "pfif-tools/xml/XML_UNICODE_12.xml").read_bytes()
    assert _kinds(_read(content))[0] == "moment_impossible"  # the file's dates do not exist
    items = _read(content, blank_bad_values=True)
    persons = [item for item in items if isinstance(item, PfifPerson)]
    assert [(one.given_name, one.family_name) for one in persons] == [("اسم يونيكود", "Unicode名称")]
    assert persons[0].home_city == "ইউনিকোড শহর"
    assert [item.author_name for item in items if isinstance(item, PfifNote)] == [
        "유니 코드 이름",
        "Уницоде имена",
    ]


@needs_shared
@pytest.mark.parametrize("name", sorted(path.name for path in PFIF.glob("*.xml")))
def test_all_persons_of_the_shared_files_come_through(name: str) -> None:
    content = _file(name)
    items = items_of(content)
    assert isinstance(items[-1], Finished)
    assert items[-1].persons == content.count(b"<pfif:person>")
    dead = content.count(b"believed_dead")
    assert items[-1].notes == content.count(b"<pfif:note>") - dead


@needs_shared
@pytest.mark.parametrize("path", sorted(PFIF.glob("pfif-tools/xml/*.xml")), ids=lambda path: path.stem)
def test_no_file_of_the_format_s_own_tests_is_lost_without_a_word(path: Any) -> None:
    items = items_of(path.read_bytes())
    last = items[-1]
    if isinstance(last, Finished):
        told = last.persons + last.notes + last.placeholders + last.rejected + last.notes_dropped
        assert told or last.fields_ignored
    else:
        assert isinstance(last, FileProblem)


# Own small files


def test_an_expired_record_keeps_ids_and_dates_only() -> None:
    note = "<note><note_record_id>a.org/n1</note_record_id><text>En el parque</text></note>"
    fields = {
        "person_record_id": "a.org/1",
        "source_date": "2018-01-01T00:00:00Z",
        "expiry_date": "2019-02-26T11:59:59Z",
        "full_name": "Inventada Prueba",
        "author_phone": "555",
    }
    top = note.replace("n1", "n2").replace("<text>", "<person_record_id>a.org/1</person_record_id><text>")
    reader = PfifReader(
        io.BytesIO(pfif(person(**fields).replace("</person>", note + "</person>") + top)),
        PfifOptions(now=NOW),
    )
    items = list(reader.items())
    assert _kinds(items) == ["PfifPerson"]
    kept = items[0]
    assert isinstance(kept, PfifPerson)
    assert kept.is_placeholder
    left = {name for name, value in msgspec.structs.asdict(kept).items() if value and name not in {"line"}}
    assert left == {"person_record_id", "source_date", "expiry_date", "is_placeholder"}
    assert reader.notes_dropped == 2


def test_a_record_that_expires_later_is_kept_whole() -> None:
    (one,) = _read(pfif(person(person_record_id="a.org/1", expiry_date="2019-02-26T12:00:01Z", full_name="Ana P")))
    assert one.full_name == "Ana P"


def test_before_version_1_3_nothing_expires() -> None:
    content = pfif(person(person_record_id="a.org/1", expiry_date="2001-01-01T00:00:00Z", first_name="Ana"), "1.2")
    assert not _read(content)[0].is_placeholder


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (person(full_name="Sin Número"), "id_missing"),
        (person(person_record_id="a.org/1"), "no_name_or_description"),
        (person(person_record_id="a.org/1", full_name="…"), "no_name_or_description"),
        (
            person(person_record_id="a.org/1", full_name="A", source_date="2019-02-30T00:00:00Z"),
            "moment_impossible",
        ),
        (person(person_record_id="a.org/1", full_name="A", source_date="ayer"), "moment_form"),
        (person(person_record_id="a.org/1", full_name="A", expiry_date="nunca"), "moment_form"),
        (person(person_record_id="a.org/1", full_name="x" * 40_000), "text_too_long"),
        ("<note><note_record_id>a.org/n</note_record_id></note>", "note_without_person"),
        ("<note><person_record_id>a.org/1</person_record_id></note>", "id_missing"),
    ],
)
def test_it_rejects_what_cannot_be_used_and_says_why(body: str, code: str) -> None:
    problems = _read(pfif(body))
    assert _kinds(problems) == [code]
    assert problems[0].line == 3


def test_a_record_without_its_expiry_is_never_taken_even_when_bad_values_are_left_out() -> None:
    content = pfif(person(person_record_id="a.org/1", full_name="A", expiry_date="nunca"))
    assert _kinds(_read(content, blank_bad_values=True)) == ["moment_form"]


def test_the_second_record_of_an_id_is_named_with_the_line_of_the_first() -> None:
    one = person(person_record_id="a.org/1", full_name="Ana")
    items = _read(pfif(one + "\n" + one))
    assert _kinds(items) == ["PfifPerson", "id_twice"]
    assert (items[1].line, items[1].params) == (4, {"first_line": 3})


def test_notes_of_a_rejected_person_are_named_too() -> None:
    items = _read(pfif("<person><full_name>Ana</full_name><note><text>x</text></note></person>"))
    assert _kinds(items) == ["id_missing", "note_of_rejected_person"]


def test_the_old_field_for_everything_is_spread_over_the_new_ones() -> None:
    other = "description:\n    alta\n    con lentes\nalternate_names:\n    Nena\neye_color: verde"
    content = pfif(person(person_record_id="a.org/1", first_name="Ana", other=other), "1.3")
    (one,) = _read(content)
    assert one.description == "alta\ncon lentes\neye_color: verde"
    assert one.alternate_names == ("Nena",)
    assert split_other("solo palabras") == {"description": "solo palabras"}


def test_a_bad_birth_rejects_the_person_or_is_left_out_as_asked() -> None:
    content = pfif(person(person_record_id="a.org/1", full_name="Ana", date_of_birth="2031-01-01", age="300"))
    problems = [item for item in items_of(content) if isinstance(item, RowProblem)]
    assert [(each.code, each.column, each.severity) for each in problems] == [
        ("birth_in_future", "date_of_birth", "rejected"),
        ("age_out_of_range", "age", "rejected"),
    ]
    spared = items_of(content, request(blank_bad_values=True))
    (imported,) = [item for item in spared if isinstance(item, ImportedPerson)]
    assert (imported.full_name, imported.birth, imported.age_low) == ("Ana", "", None)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<a/>", "xml_not_pfif"),
        (b"<pfif><person/></pfif>", "pfif_without_namespace"),
        (pfif("", "9.9"), "pfif_version_unknown"),
        (pfif("<person>")[:-9], "xml_cut_off"),
        (pfif("<person></note>"), "xml_damaged"),
        (pfif("\N{LATIN SMALL LETTER N WITH TILDE}").replace("ñ".encode(), b"\xf1"), "xml_wrong_encoding"),
        (b'<?xml version="1.0" encoding="klingon"?><pfif/>', "xml_encoding_unknown"),
        (b"<!DOCTYPE pfif [<!ENTITY a 'aaaa'>]><pfif>&a;</pfif>", "xml_has_entities"),
        (b"<!DOCTYPE pfif SYSTEM 'file:///etc/passwd'><pfif/>", "xml_has_entities"),
        (b"<pfif>&nadie;</pfif>", "pfif_without_namespace"),
        (pfif("<person>&nadie;</person>"), "xml_damaged"),
        (pfif("<person>" * 50), "xml_too_deep"),
    ],
)
def test_it_refuses_a_file_that_is_not_sound_pfif(content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        _read(content)
    assert refused.value.problem.code == code


def test_it_reads_utf_16() -> None:
    text = pfif(person(person_record_id="a.org/1", full_name="Begoña")).decode().replace("UTF-8", "UTF-16")
    assert _read(text.encode("utf-16"))[0].full_name == "Begoña"


def test_it_shows_the_line_of_each_record() -> None:
    content = pfif("\n\n".join(person(person_record_id=f"a.org/{n}", full_name="A") for n in range(3)))
    assert [one.line for one in _read(content)] == [3, 5, 7]


@given(st.binary(max_size=200), st.integers(0, 300))
def test_no_bytes_make_it_stumble(junk: bytes, place: int) -> None:
    whole = pfif(person(person_record_id="a.org/1", full_name="Ana"))
    broken = whole[:place] + junk + whole[place:]
    last: Item = items_of(broken)[-1]
    assert isinstance(last, Finished | FileProblem)


@given(st.datetimes(min_value=NOW.replace(year=1000, tzinfo=None), timezones=st.just(UTC)))
def test_times_are_written_as_they_are_read(moment: Any) -> None:
    assert parse_moment(write_moment(moment)) == moment.replace(microsecond=0)


def test_notes_carry_everything_over() -> None:
    body = (
        "<note><note_record_id>a.org/n</note_record_id><person_record_id>a.org/1</person_record_id>"
        "<linked_person_record_id>a.org/2</linked_person_record_id><author_name>L</author_name>"
        "<source_date>2019-02-01T00:00:00Z</source_date><status>believed_alive</status><text>Está\nbien</text></note>"
    )
    (note,) = [item for item in items_of(pfif(body)) if isinstance(item, ImportedNote)]
    assert (note.external_id, note.person_external_id, note.linked_person_external_id) == (
        "a.org/n",
        "a.org/1",
        "a.org/2",
    )
    assert (note.source_date, note.status, note.text) == (
        "2019-02-01T00:00:00Z",
        "believed_alive",
        "Está\nbien",
    )
