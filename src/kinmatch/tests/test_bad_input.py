"""Every bad file: a sentence or a named row, never a crash and never a silent drop."""

from pathlib import Path

import polars
import pytest
from click.testing import CliRunner, Result

from kinmatch.commands import main
from kinmatch.reading.raw import TableError
from kinmatch.tables import read_frame, read_mapping

pytestmark = pytest.mark.xdist_group("numba")

HEADING = "record_id,given_names,surnames,birth_date\n"
IDENTICAL = 20_000


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def ids(path: Path, **how: str) -> list[str]:
    return read_frame(path, **how)[0]["record_id"].to_list()  # type: ignore[arg-type]  # only an encoding is given


def told(path: Path) -> list[tuple[int, str]]:
    return [(problem.line, problem.reason) for problem in read_frame(path)[1]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n\r\n \n", "is empty"),
        (b"\0\0\0\0", "is empty"),
        (b"given_names\nAna\n", "no column record_id"),
        ("record_id,surnames\n1,Ureña\n2,Peña\n".encode("cp1252"), "not written in utf-8 (line 2)"),
        ("record_id,surnames\n1,Ureña\n".encode("utf-16"), "--encoding utf-16"),
        (b"record_id,sex,gender\n1,m,f\n", "gender"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_in_every_command(tmp_path: Path, content: bytes, said: str) -> None:
    path, out = written(tmp_path / "people.csv", content), tmp_path / "out.csv"
    for command in (
        ("dedupe", path, "-o", out),
        ("link", path, path, "-o", out),
        ("search", path, "--given", "Ana"),
        ("explain", path, "1", "2"),
        ("train", path, "-o", out),
    ):
        result = run(*command, *(("--map", "gender=sex") if b"gender" in content else ()))
        assert result.exit_code == 2
        assert said in result.output
        assert "Traceback" not in result.output


def test_one_row_or_only_a_heading_is_a_register(tmp_path: Path) -> None:
    out, groups = tmp_path / "out.csv", tmp_path / "groups.csv"
    for content in (HEADING, f"{HEADING}1,Ana,Rojas,1990\n"):
        path = written(tmp_path / "people.csv", content)
        assert run("dedupe", path, "-o", out, "--clusters", groups).exit_code == 0
        assert run("link", path, path, "-o", out).exit_code == 0
        assert run("search", path, "--given", "Rosa", "--surnames", "Paz").output.strip() == "Nobody found."
        assert polars.read_csv(groups).height == 0
    assert "two records" in run("train", path, "-o", out).output


def test_identical_rows_do_not_explode(tmp_path: Path) -> None:
    rows = "".join(f"r{n:06},Juan Carlos,Pérez Gómez,1990-01-01\n" for n in range(IDENTICAL))
    path = written(tmp_path / "people.csv", HEADING + rows)
    out, groups = tmp_path / "out.parquet", tmp_path / "groups.csv"
    assert run("dedupe", path, "-o", out, "--clusters", groups).exit_code == 0
    assert polars.read_parquet(out).height < 10 * IDENTICAL
    assert polars.read_csv(groups)["cluster_id"].value_counts()["count"].to_list() == [IDENTICAL]


def test_lines_in_another_encoding_are_named_where_the_file_is_utf8(tmp_path: Path) -> None:
    good = "".join(f"{n},José,Peña,\n" for n in range(5)).encode()
    path = written(tmp_path / "mixed.csv", HEADING.encode() + good + "9,Íñigo,Peña,\n".encode("cp1252"))
    assert ids(path) == ["0", "1", "2", "3", "4"]
    assert told(path) == [(7, "some of its bytes are not text in UTF-8")]


def test_nul_bytes_and_long_words_are_read(tmp_path: Path) -> None:
    long = "a" * 10_000
    path = written(tmp_path / "odd.csv", f"{HEADING}1,An\0a,Rojas,\n2,{long},Rojas,\n3,{long},{long} x,\n\0\n")
    frame, problems = read_frame(path)
    assert frame["given_names"].to_list() == ["Ana", long, long]
    assert [problem.line for problem in problems] == [5]
    assert run("dedupe", path, "-o", tmp_path / "out.csv").exit_code == 0
    assert run("search", path, "--given", long).exit_code == 0


def test_dates_in_five_formats_are_one_day_and_others_are_named(tmp_path: Path) -> None:
    days = ("2001-05-09", "09/05/2001", "20010509", "2001-05-09 00:00:00", "9 de mayo de 2001", "9-May-2001")
    rows = "".join(f"{n},Ana,Rojas,{day}\n" for n, day in enumerate((*days, "05/26/2001", "soon", "2001-02-30")))
    path = written(tmp_path / "dates.csv", HEADING + rows)
    frame, problems = read_frame(path)
    assert frame["birth_date"].to_list() == [*days, "2001", "2001-02"]
    assert [(problem.line, problem.is_kept) for problem in problems] == [(8, True), (9, False), (10, True)]
    assert all(reason.startswith("birth_date: ") for _, reason in told(path))


def test_a_repeated_id_is_named_each_time(tmp_path: Path) -> None:
    path = written(tmp_path / "ids.csv", f"{HEADING}1,Ana,,soon\n1,Rosa,,\n 1 ,Eva,,\n,Luz,,\n2,Ada,,\n1,Sol,,\n")
    assert read_frame(path)[0]["given_names"].to_list() == ["Rosa", "Ada"]
    again = "this record_id occurred before"
    assert [(line, reason) for line, reason in told(path) if line != 2] == [
        (4, again),
        (5, "record_id is empty"),
        (7, again),
    ]


def test_a_row_with_wrong_cells_or_marks_costs_no_other_row(tmp_path: Path) -> None:
    rows = (
        '1,Ana,Rojas,\n2,"Ana,Rojas,\n3,"An"a,Rojas,\n4,Ana\n5,Ana,Rojas,,,\n6,"Ana ""la""\nbella",Rojas,\n7,Ana,Rojas,'
    )
    path = written(tmp_path / "rows.csv", HEADING + rows)
    assert ids(path) == ["1", "6", "7"]
    assert [line for line, _ in told(path)] == [3, 4, 5, 6]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_way_of_ending_cells_and_lines_is_read(tmp_path: Path, ending: str, delimiter: str) -> None:
    text = "\ufeff" + (HEADING + "1,Ana,Rojas,1990\n2,Eva,Paz,\n").replace(",", delimiter).replace("\n", ending)
    frame, problems = read_frame(written(tmp_path / "any.csv", text))
    assert frame.rows() == [("1", "Ana", "Rojas", "1990"), ("2", "Eva", "Paz", "")]
    assert problems == []


@pytest.mark.parametrize("ending", ["parquet", "arrow", "feather", "csv"])
def test_the_same_register_from_every_kind_of_file(tmp_path: Path, ending: str) -> None:
    table = polars.DataFrame({"record_id": [1, 2, None], "born": ["1990", "soon", "1991"], "age": [None, None, 3.0]})
    path = tmp_path / f"people.{ending}"
    if ending == "parquet":
        table.write_parquet(path)
    elif ending == "csv":
        table.write_csv(path)
    else:
        table.write_ipc(path)
    frame, problems = read_frame(path, {"born": "birth_date"})
    assert sorted(frame.columns) == ["age", "birth_date", "record_id"]
    assert frame["record_id"].to_list() == ["1"]
    first = 2 if ending == "csv" else 1
    assert [problem.line for problem in problems] == [first + 1, first + 2]


def test_a_column_of_another_kind_is_named(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    polars.DataFrame({"record_id": ["1"], "place": [{"town": "Ureña"}]}).write_parquet(path)
    with pytest.raises(TableError, match="place"):
        read_frame(path)
    for name in ("people.arrow", "broken.parquet"):
        with pytest.raises(TableError, match=r"Arrow|Parquet"):
            read_frame(written(tmp_path / name, b"PAR1 no"))
    with pytest.raises(TableError, match="no file"):
        read_frame(tmp_path / "none.arrow")


def test_a_register_of_other_columns_is_read_by_their_kinds(tmp_path: Path) -> None:
    text = (
        "no,first,middle,last,y,m,d,kin1,kin2,code\n7,Ana,María,Rojas,1990,2,3,Rosa,Luis,A1\n8,Eva,,Paz,1991,,4,,Ada,\n"
    )
    path = written(tmp_path / "other.csv", text)
    kinds = "no=id first=given middle=given last=surname y=year m=month d=day kin1=person kin2=person code=code"
    frame, problems = read_frame(path, read_mapping(kinds.split()))
    assert problems == []
    assert frame.to_dict(as_series=False) == {
        "record_id": ["7", "8"],
        "given_names": ["Ana María", "Eva"],
        "surnames": ["Rojas", "Paz"],
        "relatives": ["Rosa; Luis", "Ada"],
        "document": ["A1", ""],
        "birth_date": ["1990-2-3", "1991"],
    }
    with pytest.raises(TableError, match="year"):
        read_frame(path, read_mapping(["no=id", "m=month"]))
    with pytest.raises(TableError, match="'y' and 'm'"):
        read_frame(path, read_mapping(["no=id", "y=date", "m=date"]))
