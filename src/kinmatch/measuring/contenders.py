"""Who is measured beside kinmatch, how each is started, and which of them are installed."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = ROOT / "bench" / "peers"
SEARCH_PATH = {"PYTHONPATH": str(ROOT)}
PACKAGES = ("splink", "duckdb", "recordlinkage", "rapidfuzz", "psycopg")
_ASK = f"""
import importlib.metadata, json
found = {{}}
for name in {PACKAGES!r}:
    try:
        found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
print(json.dumps(found))
"""


class Contender(msgspec.Struct, frozen=True, kw_only=True):
    """One way of doing the same work: a script of bench/peers with its words. `labels`: it is given the true pairs of
    the register itself. Above `most` records it is not run; of the queries it is asked the first `queries`."""

    name: str
    family: str
    act: Literal["pairs", "search"]
    script: str
    needs: tuple[str, ...]
    words: tuple[str, ...] = ()
    labels: bool = False
    most: int = 10_000_000
    queries: int = 10_000


CONTENDERS = (
    Contender(
        name="Splink, 17 rules, EM without labels",
        family="splink",
        act="pairs",
        script="splink_dedupe.py",
        needs=("splink", "duckdb"),
        words=("--rules", "17"),
    ),
    Contender(
        name="Splink, 17 rules, m from the true pairs",
        family="splink",
        act="pairs",
        script="splink_dedupe.py",
        needs=("splink", "duckdb"),
        words=("--rules", "17"),
        labels=True,
    ),
    Contender(
        name="Splink, 39 rules, m from the true pairs",
        family="splink",
        act="pairs",
        script="splink_dedupe.py",
        needs=("splink", "duckdb"),
        words=("--rules", "39"),
        labels=True,
    ),
    Contender(
        name="recordlinkage, ECM (pairs only)",
        family="recordlinkage",
        act="pairs",
        script="recordlinkage_dedupe.py",
        needs=("recordlinkage",),
        most=200_000,
    ),
    Contender(
        name="PostgreSQL pg_trgm, GiST, re-ranked",
        family="postgresql",
        act="search",
        script="postgresql_search.py",
        needs=("psycopg", "rapidfuzz"),
        words=("--kind", "gist"),
        queries=200,
    ),
    Contender(
        name="PostgreSQL pg_trgm, GIN, re-ranked",
        family="postgresql",
        act="search",
        script="postgresql_search.py",
        needs=("psycopg", "rapidfuzz"),
        words=("--kind", "gin"),
        queries=200,
    ),
    Contender(
        name="DuckDB jaro_winkler, re-ranked",
        family="duckdb",
        act="search",
        script="duckdb_search.py",
        needs=("duckdb", "rapidfuzz"),
    ),
    Contender(
        name="rapidfuzz process.extract, re-ranked",
        family="rapidfuzz",
        act="search",
        script="rapidfuzz_search.py",
        needs=("rapidfuzz",),
    ),
    Contender(
        name="Splink predict_between, 39 rules",
        family="splink",
        act="search",
        script="splink_search.py",
        needs=("splink", "duckdb"),
        queries=60,
    ),
)
NONE = "none"
FAMILIES = tuple(dict.fromkeys(one.family for one in CONTENDERS))


def versions(python: Path) -> dict[str, str]:
    """The packages of `make bench-peers` that this Python has, with their versions; empty when it is not there."""
    if not python.is_file() or not SCRIPTS.is_dir():
        return {}
    told = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, check=False, env=dict(os.environ))
    return dict(json.loads(told.stdout)) if told.returncode == 0 else {}


def missing(one: Contender, found: Mapping[str, str]) -> str:
    """What a contender lacks on this machine, '' if nothing."""
    lacks = [name for name in one.needs if name not in found]
    if one.family == "postgresql" and not list(Path("/usr/lib/postgresql").glob("*/bin/postgres")):
        lacks.append("a PostgreSQL server")
    return ", ".join(lacks)


def command(one: Contender, python: Path, *words: Path | str) -> list[str]:
    """The words that start a contender."""
    return [str(python), str(SCRIPTS / one.script), *(str(word) for word in words), *one.words]
