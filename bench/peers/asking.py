"""How every peer that searches is asked and answers: a register and queries in, JSON out."""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars
from preparing import read
from reranking import Person, best_of, person

FIRST = 10
SHORTLIST = 100

Shortlist = Callable[[Person], list[str]]


def arguments() -> argparse.ArgumentParser:
    """register.parquet queries.parquet answer.json [--most 100]"""
    asked = argparse.ArgumentParser()
    for name in ("register", "queries", "answer"):
        asked.add_argument(name, type=Path)
    asked.add_argument("--most", type=int, default=10_000, help="Only the first so many queries.")
    return asked


def persons(register: polars.DataFrame) -> dict[str, Person]:
    """Every person of a register, as they are compared, by id."""
    return {row["record_id"]: person(row) for row in register.iter_rows(named=True)}


def answer(told: argparse.Namespace, prepare: Callable[[polars.DataFrame], Shortlist]) -> None:
    """Prepares a register, asks each query for its shortlist, puts that in a better order, and writes down both what
    was found and how long each took."""
    register, queries = read(told.register), read(told.queries)
    known = persons(register)
    began = time.perf_counter()
    shortlist = prepare(register)
    ready = time.perf_counter() - began
    asking = [person(row) for row in queries.head(told.most).iter_rows(named=True)]

    def search(one: Person) -> list[str]:
        return best_of(one, [known[found] for found in shortlist(one)], FIRST)

    write(told.answer, ready, asking, search)


def write(path: Path, ready: float, asking: list[Any], search: Callable[[Any], list[str]]) -> None:
    """Times each search, after two that warm up."""
    seconds, found = [], []
    for one in asking[:2]:
        search(one)
    for one in asking:
        began = time.perf_counter()
        hits = search(one)
        seconds.append(time.perf_counter() - began)
        found.append(hits)
    path.write_text(json.dumps({"ready": ready, "seconds": seconds, "found": found}), encoding="utf-8")
