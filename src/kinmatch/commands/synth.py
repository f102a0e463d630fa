"""kinmatch synth"""

from collections.abc import Callable, Mapping
from pathlib import Path

import click
import msgspec
import polars

from kinmatch.commands import shared
from kinmatch.worlds.making import World, make_world
from kinmatch.worlds.mixing import mix_worlds
from kinmatch.worlds.naming import names
from kinmatch.worlds.rates import Rates

_PARQUET = frozenset({".parquet", ".pq"})
_FIELDS = tuple(field.name for field in msgspec.structs.fields(Rates))
# Rates that are no shares: scales, and a mean number of children.
_SCALES = frozenset({"errors", "missing", "children"})


def _rates(texts: tuple[str, ...]) -> Rates:
    """Rates from texts like 'copies=0.4'. Raises ValueError with a sentence for one that there is not."""
    chosen: dict[str, float] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if name not in _FIELDS or not equals:
            raise ValueError(f"--rate {text}: write NAME=NUMBER, where NAME is one of {', '.join(_FIELDS)}.")
        try:
            chosen[name] = float(value)
        except ValueError:
            raise ValueError(f"--rate {text}: {value!r} is not a number.") from None
        most = 20 if name in _SCALES else 1
        if not 0 <= chosen[name] <= most:
            raise ValueError(f"--rate {text}: the number must lie between 0 and {most}.")
    return msgspec.structs.replace(Rates(), **chosen)


def _write(frame: polars.DataFrame, path: Path) -> None:
    try:
        if path.suffix.lower() in _PARQUET:
            frame.write_parquet(path)
        else:
            frame.write_csv(path)
    except OSError as problem:
        raise ValueError(f"{path} cannot be written: {problem.strerror or problem}.") from problem


def _persons(world: World) -> polars.DataFrame:
    """record_id, person, mother, father: numbers of persons, blank where unknown."""
    sides = {"person": world.person, "mother": world.mother, "father": world.father}
    frame = polars.DataFrame({"record_id": world.people["record_id"], **sides})
    known = [polars.when(polars.col(name) >= 0).then(polars.col(name)).alias(name) for name in ("mother", "father")]
    return frame.with_columns(known)


def _write_more(paths: Mapping[str, Path | None], world: World, pairs: polars.DataFrame, seed: int) -> None:
    """The files beside the people that were asked for: truth, relations, persons."""
    if truth := paths["truth"]:
        _write(pairs, truth)
    if relations := paths["relations"]:
        _write(world.relations(seed=seed), relations)
    if persons := paths["persons"]:
        _write(_persons(world), persons)


def _made(profiles: list[str], people: int, seed: int, rates: Rates, told: Callable[[int], None]) -> World:
    if len(profiles) == 1:
        return make_world(profiles[0], people, seed, rates, told)
    return mix_worlds(profiles, people, seed, rates, told)


@click.command()
@click.option("--people", type=click.IntRange(1, 20_000_000), default=100_000, show_default=True,
              help="Rows to write; some describe a person who has a row already.")  # fmt: skip
@click.option("--profile", default="spanish", show_default=True,
              help="Whose names; several with commas between them; --profile list names them all.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=2019, show_default=True, help="The same seed, the same people.")
@click.option("--rate", "rates", multiple=True, metavar="NAME=NUMBER",
              help="A rate, as errors=1.5, missing=0.7, copies=0.4, phone=0.3; may be repeated.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("people.parquet"), show_default=True,
              help="Parquet or CSV, by its name.")  # fmt: skip
@click.option("--truth", type=click.Path(path_type=Path), help="Also write the true pairs (id_a, id_b).")
@click.option("--relations", type=click.Path(path_type=Path),
              help="Also write who is whose mother, father, partner or sibling, as a register has it.")  # fmt: skip
@click.option("--persons", type=click.Path(path_type=Path), help="Also write who is who, and whose child.")
def synth(people: int, profile: str, seed: int, rates: tuple[str, ...], output: Path, **more: Path | None) -> None:
    """Make a register of invented people in families, spoilt as real registers are, and the truth about it."""
    if profile == "list":
        shared.out.print("\n".join(names()), markup=False)
        return
    with shared.refusals():
        chosen = _rates(rates)
        with shared.progress(people, "Making people") as told:
            world = _made(profile.split(","), people, seed, chosen, told)
        _write(world.people, output)
        pairs = world.truth()
        _write_more(more, world, pairs, seed)
    shared.out.print(
        f"{len(world.people)} rows, {len(pairs)} true pairs, {profile}, seed {seed}: {output}", markup=False
    )
