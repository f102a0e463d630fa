"""What `kinmatch bench` measures with: processes, people to look for, tables."""

import sys
from pathlib import Path

import polars
import pytest
from click.testing import CliRunner

from kinmatch.commands.bench import bench
from kinmatch.measuring import contenders, finding, report
from kinmatch.measuring.material import prepare
from kinmatch.measuring.processes import run
from kinmatch.worlds.making import make_world

MEGABYTE = 1_000_000


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    world = make_world("spanish", 400, 3)
    people, truth = tmp_path / "people.parquet", tmp_path / "truth.parquet"
    world.people.write_parquet(people)
    world.truth().write_parquet(truth)
    return people, truth


def test_a_process_is_measured_by_its_own_memory(tmp_path: Path) -> None:
    held = bytearray(150 * MEGABYTE)
    small = run((sys.executable, "-c", "import time; time.sleep(0.2)"), tmp_path / "log")
    large = run((sys.executable, "-c", "import time; held = b'x' * 200_000_000; time.sleep(0.2)"), tmp_path / "log")
    assert small.code == large.code == 0
    assert small.peak < len(held)
    assert large.peak > 200 * MEGABYTE


def test_the_memory_of_children_counts(tmp_path: Path) -> None:
    child = "import time; held = b'x' * 200_000_000; time.sleep(0.3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert run((sys.executable, "-c", parent), tmp_path / "log").peak > 200 * MEGABYTE


def test_a_process_that_fails_or_does_not_end_says_so(tmp_path: Path) -> None:
    failed = run((sys.executable, "-c", "raise SystemExit('no such model')"), tmp_path / "log")
    assert failed.code == 1
    assert "no such model" in failed.said
    assert run((sys.executable, "-c", "import time; time.sleep(60)"), tmp_path / "log", patience=0.1).code != 0


def test_queries_are_taken_out_and_their_persons_stay(files: tuple[Path, Path], tmp_path: Path) -> None:
    material = prepare(*files, 30, 1, tmp_path)
    register, queries = polars.read_parquet(material.register), polars.read_parquet(material.queries)
    truth = {frozenset(pair) for pair in polars.read_parquet(files[1]).iter_rows()}
    assert register.height + queries.height == material.records == 400
    assert len(material.wanted) == queries.height == 30
    left = set(register["record_id"])
    for query, wanted in zip(queries["record_id"], material.wanted, strict=True):
        assert query not in left
        assert wanted
        assert wanted <= left
        assert all(frozenset((query, one)) in truth for one in wanted)


def test_files_that_do_not_belong_together_are_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.parquet"
    polars.read_parquet(files[1]).with_columns(id_a=polars.lit("x") + polars.col("id_a")).write_parquet(other)
    with pytest.raises(ValueError, match="not among the people"):
        prepare(files[0], other, 10, 1, tmp_path)
    polars.read_parquet(files[1]).head(2).write_parquet(other)
    with pytest.raises(ValueError, match="2 true pairs"):
        prepare(files[0], other, 10, 1, tmp_path)
    told = CliRunner().invoke(bench, ["--data", str(files[0])])
    assert told.exit_code == 2
    assert "belong together" in told.output


def test_who_is_not_installed_is_left_out(tmp_path: Path) -> None:
    assert contenders.versions(tmp_path / "python") == {}
    splink = contenders.CONTENDERS[0]
    assert contenders.missing(splink, {"splink": "5"}) == "duckdb"
    assert not contenders.missing(splink, {"splink": "5", "duckdb": "2"})
    assert all((contenders.SCRIPTS / one.script).is_file() for one in contenders.CONTENDERS)


def test_a_table_lines_up() -> None:
    rows = [("", "F1", "wall s"), ("kinmatch", "0.900", "1.0"), ("another", "not run: it is missing", "")]
    assert report.table(rows) == [
        "             F1  wall s",
        "kinmatch  0.900     1.0",
        "another   not run: it is missing",
    ]
    assert finding.within([0.001] * 95 + [0.5] * 5, 0.5) == pytest.approx(1.0)
