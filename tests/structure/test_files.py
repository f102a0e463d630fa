"""Names, sizes and imports of the code: what keeps a newcomer from getting lost."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.structure import tree

BANNED = {"utils", "helpers", "core", "common", "base", "manager", "misc", "managers", "util", "helper"}
# Django loads a database backend from a module called `base`: the one exception, once for each database.
NAMED_BY_DJANGO = {"src/posada/vault/sqlcipher/base.py", "src/posada/vault/postgresql/base.py"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_PAGE = 120


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_no_module_has_a_name_that_says_nothing() -> None:
    found = [
        tree.name(path)
        for path in tree.python_files()
        if (path.stem in BANNED or path.parent.name in BANNED) and tree.name(path) not in NAMED_BY_DJANGO
    ]
    assert not found


def test_no_file_is_longer_than_400_lines() -> None:
    long = {tree.name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in tree.python_files()}
    assert not {path: lines for path, lines in long.items() if lines > LONGEST_FILE}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{tree.name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in tree.python_files()
        if "tests" not in path.parts
        for node in _functions(path)
    }
    assert not {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION}


def test_no_page_is_longer_than_120_lines() -> None:
    long = {tree.name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in tree.pages()}
    assert not {path: lines for path, lines in long.items() if lines > LONGEST_PAGE}


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        f"{tree.name(path)}:{inner.lineno}"
        for path in tree.python_files()
        for node in _functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not found


def test_no_signal_is_received() -> None:
    found = [
        tree.name(path)
        for path in tree.python_files()
        if "tests" not in path.parts and ("@receiver" in path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_every_app_has_only_the_files_of_the_design() -> None:
    allowed = {
        "__init__",
        "apps",
        "rules",
        "matching",
        "models",
        "permissions",
        "queries",
        "services",
        "forms",
        "views",
        "api",
        "tasks",
        "urls",
    }
    apps = ("people", "shelter", "family")
    found = [
        tree.name(path) for app in apps for path in sorted((tree.POSADA / app).glob("*.py")) if path.stem not in allowed
    ]
    assert not found
