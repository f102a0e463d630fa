"""The browser journeys drive the system's Chromium against the real demonstration server."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.faults import server

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"360": {"width": 360, "height": 740}, "1280": {"width": 1280, "height": 860}}
LANGUAGES = {"es": "es-CO", "en": "en-GB"}
# Day by day each language and each size once; all four with POSADA_LONG=1 or when the pictures are taken.
_FEW = [("es", "1280"), ("en", "360")]
_ALL = [(language, size) for language in ("es", "en") for size in ("1280", "360")]
PAIRS = _ALL if "1" in {os.environ.get("POSADA_LONG"), os.environ.get("POSADA_PICTURES")} else _FEW


def once_a_day(*pairs: tuple[str, str]) -> pytest.MarkDecorator:
    """A journey that goes in the first of these day by day, and in each of them when all are asked for."""
    return pytest.mark.parametrize(("language", "size"), pairs if PAIRS is _ALL else pairs[:1])


ONE = once_a_day(("es", "1280"), ("en", "360"))
OTHER = once_a_day(("en", "360"), ("es", "1280"))
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
KEEP_PICTURES = os.environ.get("POSADA_PICTURES") == "1"
TALLEST, COLOURS = 2400, 96
SEEDING_SECONDS = 400.0  # on a busy machine; about a minute on a quiet one


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A running demonstration."""

    address: str
    folder: Path


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration's folder, made once for all workers and copied for each server."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "seeded" / "demo"
    folder.parent.mkdir(exist_ok=True)
    with (shared / "seeded" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.with_name("is-made").exists():
            port = server.free_port()
            with server.started("tools.demo.serve", "--folder", str(folder), "--port", str(port)) as process:
                server.wait_for(f"http://127.0.0.1:{port}/", {302}, process, patience=SEEDING_SECONDS)
            folder.with_name("is-made").touch()
    return folder


@contextmanager
def served(seeded: Path, folder: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[Demonstration]:
    """A copy of the seeded folder that answers, with some lines of its site.toml written otherwise."""
    shutil.copytree(seeded, folder)
    written = (folder / "site.toml").read_text(encoding="utf-8")
    for held, wanted in (settings or {}).items():
        assert held in written
        written = written.replace(held, wanted)
    (folder / "site.toml").write_text(written, encoding="utf-8")
    port = server.free_port()
    with server.started("tools.demo.serve", "--folder", str(folder), "--port", str(port)) as process:
        address = f"http://127.0.0.1:{port}"
        server.wait_for(address + "/", {302}, process)
        yield Demonstration(address, folder)


@pytest.fixture(scope="module")
def demonstration(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """A fresh demonstration that answers, for the journeys of one file: each leaves it open."""
    with served(seeded, tmp_path_factory.mktemp("served") / "demo") as made:
        yield made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without it the journeys are skipped with a plain line."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: the browser journeys are skipped.")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page_in(chromium: Browser, demonstration: Demonstration) -> Iterator[Callable[..., Page]]:
    """Open a page in a language and at a size; fails the test on any error in the browser's console."""
    errors: list[str] = []
    contexts = []

    def opened(language: str = "es", size: str = "1280", *, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=demonstration.address,
            locale=LANGUAGES[language],
            viewport=SIZES[size],  # type: ignore[arg-type]  # a TypedDict of the driver's
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: errors.append(asked.url) if _is_outside(asked.url, demonstration) else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not [line for line in errors if "status of 4" not in line]


def _is_outside(url: str, demonstration: Demonstration) -> bool:
    return not url.startswith((demonstration.address, "data:", "about:", "blob:"))


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keep a picture of the page for the documents, when asked to (POSADA_PICTURES=1); always check its width."""

    def keep(page: Page, name: str) -> None:
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        assert not wide, f"{name}: the page is wider than the screen"
        if KEEP_PICTURES:
            _kept(page, PICTURES / f"{name}.png")

    return keep


def _kept(page: Page, path: Path) -> None:
    """The page from its top, as tall as it is up to TALLEST, in few colours. The screen grows for it, so that what
    stands at its lower edge is not in the middle of the picture."""
    size = page.viewport_size
    assert size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, TALLEST))})
    page.evaluate("window.scrollTo(0, 0)")
    with Image.open(BytesIO(page.screenshot())) as shot:
        path.parent.mkdir(parents=True, exist_ok=True)
        shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    page.set_viewport_size(size)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys of one file run in one worker: they share a demonstration that answers."""
    for item in items:
        if "journeys" in str(item.path):
            item.add_marker(pytest.mark.xdist_group(f"browser-{item.path.stem}"))
