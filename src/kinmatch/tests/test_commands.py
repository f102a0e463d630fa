import json
from pathlib import Path

import polars
import pytest
from click.testing import CliRunner, Result

from kinmatch.commands import main

pytestmark = pytest.mark.xdist_group("numba")

CSV = """record_id,given_names,surnames,birth_date,place
1,Jhon,González Pérez,1991-03-02,Ureña
2,John,Gonsales,1991,"Urena, Táchira"
3,María,Rojas,soon,
,Ana,Rojas,,
5,Ana
1,Ana,Rojas,,
7,Ana,Rojas,2001-02-30,
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(result: Result) -> str:
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    return result.output


def test_help_names_every_act() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for act in ("dedupe", "link", "search", "explain", "train", "evaluate", "synth", "bench"):
        assert act in result.output
        assert run(act, "--help").exit_code == 0


def test_search_finds_and_says_why(people: Path) -> None:
    result = run("search", people, "--given", "Jon", "--surnames", "Gonsales", "--born", "1991", "--lang", "es")
    assert result.exit_code == 0
    assert "suena igual" in " ".join(result.output.split())
    assert "Nobody found." in run("search", people, "--place", "Ureña").output


def test_bad_rows_are_named_with_their_line_and_left_out(people: Path) -> None:
    told = run("search", people, "--given", "Jon").stderr
    for line in (
        "line 4: birth_date",
        "line 5: record_id is empty",
        "line 6: 2 cells",
        "line 7: this record_id",
        "line 8",
    ):
        assert line in told
    assert "Rojas" not in told


def test_dedupe_writes_pairs_and_clusters(people: Path, tmp_path: Path) -> None:
    pairs, groups = tmp_path / "pairs.parquet", tmp_path / "clusters.csv"
    result = run("dedupe", people, "-o", pairs, "--clusters", groups)
    assert result.exit_code == 0
    frame = polars.read_parquet(pairs)
    assert frame.columns[:6] == ["id_a", "id_b", "probability", "weight", "given_names", "surnames"]
    assert frame.row(0)[:2] == ("1", "2")
    assert polars.read_csv(groups).columns == ["record_id", "cluster_id", "contradictions"]


def test_link_and_evaluate(people: Path, tmp_path: Path) -> None:
    other, pairs, truth = tmp_path / "other.parquet", tmp_path / "pairs.csv", tmp_path / "truth.csv"
    columns = {"who": ["9"], "call": ["Jhon González"], "kin": [["Rosa", "Luis"]], "born": ["1991-03-02"]}
    polars.DataFrame(columns).write_parquet(other)
    mapping = ["--map", "who=id", "--map", "call=name", "--map", "kin=person", "--map", "born=date"]
    assert "no column 'who'" in refused(run("link", people, other, "-o", pairs, *mapping))
    mapped = tmp_path / "left.csv"
    mapped.write_text("who;call;born;kin\n1;John Gonsales;1991-03-02;Rosa\n", encoding="utf-8")
    assert run("link", mapped, other, "-o", pairs, *mapping).exit_code == 0
    truth.write_text("id_a,id_b\n9,1\n", encoding="utf-8")
    result = run("evaluate", pairs, truth)
    assert result.exit_code == 0
    assert "1.000" in result.output


def test_explain_adds_up_in_words(people: Path) -> None:
    result = run("explain", people, "1", "2", "--lang", "en")
    assert result.exit_code == 0
    assert "sound alike" in " ".join(result.output.split())
    assert "no record '8'" in refused(run("explain", people, "1", "8"))


def test_what_dedupe_weighs_is_what_explain_says_in_every_form(people: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.parquet"
    run("dedupe", people, "-o", pairs)
    weight = polars.read_parquet(pairs)["weight"][0]
    told = json.loads(run("explain", people, "1", "2", "--as", "json").stdout)
    assert told["weight"] == pytest.approx(weight, abs=1e-3)
    picture = run("explain", people, "1", "2", "--as", "svg", "--lang", "es").stdout
    assert picture.startswith("<svg")
    assert "Antes de toda evidencia" in picture


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"name,place\na,b\n", "no column record_id"),
        ("record_id,place\n1,Ureña\n".encode("cp1252"), "not written in utf-8"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    assert told in refused(run("search", path, "--given", "Ana"))


def test_a_missing_or_broken_file_is_one_sentence(tmp_path: Path, people: Path) -> None:
    assert "There is no file" in refused(run("search", tmp_path / "none.csv", "--given", "Ana"))
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 no")
    assert "not a Parquet file" in refused(run("dedupe", broken, "-o", tmp_path / "x.csv"))
    assert "cannot be written" in refused(run("dedupe", people, "-o", tmp_path / "no" / "x.csv"))
    assert "cannot be read" in refused(run("search", tmp_path, "--given", "Ana"))
    assert "KIND is one of" in refused(run("search", people, "--given", "Ana", "--map", "place=colour"))


def test_another_encoding_is_read_when_named(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("record_id,surnames\n1,Ureña\n".encode("cp1252"))
    assert run("search", path, "--surnames", "Ureña", "--encoding", "cp1252").exit_code == 0
    assert "no encoding" in refused(run("search", path, "--surnames", "Ureña", "--encoding", "klingon"))


def test_odd_bytes_do_not_break_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"record_id,given_names\n1,An\0a\n2," + b"x" * 200_000 + b'\n3,"Rosa\n')
    result = run("search", path, "--given", "Ana")
    assert result.exit_code == 0
    assert "line 3" in result.stderr


def test_bench_prints_time_memory_and_quality() -> None:
    result = run("bench", "--size", "300", "--queries", "20", "--against", "none")
    assert result.exit_code == 0
    for word in ("index:", "p95", "in the first 10", "dedupe:", "peak memory", "best F1"):
        assert word in result.output
