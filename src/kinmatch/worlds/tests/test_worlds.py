from functools import cache
from pathlib import Path

import numpy as np
import polars
import pytest
from click.testing import CliRunner

from kinmatch.commands.synth import synth
from kinmatch.worlds.endings import feminine, patronymics
from kinmatch.worlds.families import FEMALE, Kin, grow
from kinmatch.worlds.making import World, make_world
from kinmatch.worlds.mixing import mix_worlds
from kinmatch.worlds.naming import held_out, names, read_naming
from kinmatch.worlds.rates import Rates
from kinmatch.worlds.respelling import by_ear, cut, plain, slip
from kinmatch.worlds.romanising import in_latin

pytestmark = pytest.mark.xdist_group("numba")

PERFECT = Rates(errors=0.0, missing=0.0, copies=0.5)


@cache
def world(naming: str = "spanish", count: int = 1500, seed: int = 5, rates: Rates | None = None) -> World:
    return make_world(naming, count, seed, rates)


@cache
def kin(naming: str = "spanish") -> Kin:
    return grow(read_naming(naming), Rates(), 3000, np.random.default_rng(4))


def share(flags: polars.Series) -> float:
    return float(sum(flags.to_list()) / len(flags))


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    again = make_world("spanish", 1500, 5)
    assert again.people.equals(world().people)
    assert again.truth().equals(world().truth())
    assert not make_world("spanish", 1500, 6).people.equals(world().people)


@pytest.mark.parametrize("count", [1, 2, 37, 1500])
def test_a_world_has_exactly_the_rows_asked_for(count: int) -> None:
    made = world(count=count)
    assert made.people["record_id"].n_unique() == len(made.people) == len(made.person) == count


def test_the_truth_is_every_pair_of_rows_of_one_person_once() -> None:
    made = world()
    person = dict(zip(made.people["record_id"], made.person.tolist(), strict=True))
    pairs = set(made.truth().iter_rows())
    ids = list(person)
    assert pairs == {(a, b) for a in ids for b in ids if a < b and person[a] == person[b]}
    assert 0.2 < len(pairs) / len(ids) < 0.33


def test_children_have_the_first_surnames_of_father_and_mother() -> None:
    people = kin()
    rows = np.flatnonzero((people.mother >= 0) & (people.father >= 0))
    assert (people.surnames[rows, 0] == people.surnames[people.father[rows], 0]).all()
    assert (people.surnames[rows, 1] == people.surnames[people.mother[rows], 0]).all()


def test_brothers_and_sisters_are_many_and_seldom_share_a_first_name() -> None:
    people = kin()
    rows = np.flatnonzero(people.mother >= 0)
    order = rows[np.lexsort((people.born[rows], people.mother[rows]))]
    siblings = people.mother[order[:-1]] == people.mother[order[1:]]
    same = people.given[order[:-1], 0] == people.given[order[1:], 0]
    assert siblings.mean() > 0.5
    assert (siblings & same).sum() / siblings.sum() < 0.05


def test_there_are_twins_and_names_handed_down() -> None:
    people = kin()
    rows = np.flatnonzero(people.mother >= 0)
    births = np.stack([people.mother[rows], people.born[rows]], axis=1)
    assert 0.005 < 1 - len(np.unique(births, axis=0)) / len(rows) < 0.04
    daughters = rows[people.sex[rows] == FEMALE]
    named_after = people.given[daughters, 0] == people.given[people.mother[daughters], 0]
    assert 0.08 < named_after.mean() < 0.25


def test_mothers_are_old_enough_and_nobody_marries_a_sibling() -> None:
    people = kin()
    rows = np.flatnonzero(people.mother >= 0)
    years = (people.born[rows] - people.born[people.mother[rows]]) / 365.25
    assert years.min() > 15.9
    assert years.max() < 46.1
    wed = np.flatnonzero((people.partner >= 0) & (people.mother >= 0))
    assert (people.mother[wed] != people.mother[people.partner[wed]]).all()
    assert (people.partner[people.partner[wed]] == wed).all()


def test_names_follow_fashion() -> None:
    naming, people = read_naming("spanish"), kin()
    old, young = people.born < -9000, people.born > 9000
    years = naming.given.year[people.given[:, 0]]
    assert years[young].mean() > years[old].mean() + 5


def test_the_clan_comes_from_the_mother() -> None:
    people = kin("wayuu")
    rows = np.flatnonzero(people.mother >= 0)
    assert (people.surnames[rows, 0] == people.surnames[people.mother[rows], 0]).all()


@pytest.mark.parametrize("naming", names())
def test_every_naming_makes_people_with_names_and_parents(naming: str) -> None:
    people = world(naming, 800).people.fill_null("")
    written = people.select(polars.concat_str("given_names", "surnames", "full_name").str.strip_chars())
    assert all(written.to_series())
    assert share(people["mother"] != "") > 0.3
    assert people["place"].n_unique() > 10
    assert set(people["birth_date"].str.len_chars()) == {0, 4, 10}


def test_who_has_one_name_has_no_surname() -> None:
    assert share(world("one-name", 800).people["surnames"] == "") > 0.97


@pytest.mark.parametrize("naming", ["arabic", "cyrillic", "chinese", "greek"])
def test_names_are_written_in_both_letters(naming: str) -> None:
    people = world(naming, 800).people
    written = people.select(polars.concat_str("given_names", "full_name")).to_series()
    assert 0.15 < share(written.str.contains("^[a-zA-Z]")) < 0.5


def test_without_errors_two_rows_of_a_person_never_disagree() -> None:
    made = world(rates=PERFECT)
    facts = made.people.select("record_id", polars.col("birth_date").str.head(4).alias("year"), "sex", "place")
    pairs = made.truth().join(facts, left_on="id_a", right_on="record_id")
    pairs = pairs.join(facts, left_on="id_b", right_on="record_id", suffix="_b")
    dated = pairs.filter((polars.col("year") != "") & (polars.col("year_b") != ""))
    assert len(dated) > 100
    assert (dated["year"] == dated["year_b"]).all()
    assert (pairs["sex"].str.head(1).str.to_lowercase() == pairs["sex_b"].str.head(1).str.to_lowercase()).all()


def test_more_errors_give_fewer_equal_names() -> None:
    def equal(rates: Rates) -> float:
        made = world(rates=rates, count=3000)
        surname = made.people.select("record_id", polars.col("surnames").str.to_lowercase())
        pairs = made.truth().join(surname, left_on="id_a", right_on="record_id")
        pairs = pairs.join(surname, left_on="id_b", right_on="record_id", suffix="_b")
        return share(pairs["surnames"] == pairs["surnames_b"])

    assert equal(Rates(errors=0.2)) > equal(Rates(errors=1.0)) > equal(Rates(errors=2.5))


def test_phones_and_relatives_come_when_asked_for() -> None:
    assert not {"phone", "document", "relatives", "birth_place"} & set(world().people.columns)
    rates = Rates(phone=0.5, document=0.5, relatives=0.5, birth_place=0.5)
    people = world(rates=rates).people
    for field in ("phone", "document", "relatives", "birth_place"):
        assert 0.15 < share(people[field] != "") < 0.7


def test_drawn_rates_are_spread_and_fit() -> None:
    drawn = [Rates.drawn(np.random.default_rng(seed)) for seed in range(30)]
    assert min(one.errors for one in drawn) < 0.7 < 1.5 < max(one.errors for one in drawn)
    assert {one.phone > 0 for one in drawn} == {True, False}


def test_some_namings_are_held_out_and_some_are_not() -> None:
    assert set(held_out()) < set(names())
    assert {"arabic", "english", "warao", "yukpa"} <= set(held_out())
    assert {"spanish", "portuguese", "one-name", "wayuu"} <= set(names()) - set(held_out())


def test_slavic_endings() -> None:
    assert [feminine(name) for name in ("Иванов", "Чайковский", "Белый", "Шевченко")] == [
        "Иванова", "Чайковская", "Белая", "Шевченко",
    ]  # fmt: skip
    assert patronymics("Иван") == ("Иванович", "Ивановна")
    assert patronymics("Илья") == ("Ильич", "Ильинична")
    assert patronymics("Сергей") == ("Сергеевич", "Сергеевна")


def test_letters_are_turned_in_several_ways() -> None:
    assert in_latin("Юлия", "cyrillic") == ("Iuliia", "Yuliya", "Julija")
    assert "Georgios" in in_latin("Γεώργιος", "greek")


def test_words_are_written_wrong_but_like_names() -> None:
    assert by_ear("Vargas", [("v", "b")], 0.0) == "Bargas"
    assert by_ear("Ana", [("v", "b")], 0.0) == "Ana"
    assert slip("Ana", 0.5, 0.5) == "Ana"
    assert slip("Zambrano", 0.5, 0.04) != "Zambrano"
    assert cut("Alejandro", 0.0) == "Alej"
    assert plain("Núñez") == "Nunez"


def test_the_command_writes_people_truth_and_persons(tmp_path: Path) -> None:
    people, truth, persons = (tmp_path / name for name in ("p.csv", "t.parquet", "who.csv"))
    options = ["--people", "300", "--seed", "3", "-o", str(people), "--truth", str(truth), "--persons", str(persons)]
    done = CliRunner().invoke(synth, options)
    assert done.exit_code == 0, done.output
    assert "300 rows" in done.output
    assert len(polars.read_csv(people)) == len(polars.read_csv(persons)) == 300
    assert polars.read_parquet(truth).columns == ["id_a", "id_b"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--profile", "klingon"], "There is no naming klingon"),
        (["--rate", "errors"], "write NAME=NUMBER"),
        (["--rate", "erors=1"], "NAME is one of"),
        (["--rate", "errors=many"], "is not a number"),
        (["--rate", "errors=-1"], "between 0 and 20"),
        (["--rate", "errors=nan"], "between 0 and 20"),
        (["--rate", "copies=1.5"], "between 0 and 1"),
        (["-o", "/nowhere/at/all.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path: Path, options: list[str], said: str) -> None:
    done = CliRunner().invoke(synth, ["--people", "50", "-o", str(tmp_path / "p.csv"), *options])
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_home_that_comes_together_is_described_together_and_told_as_relatives() -> None:
    apart, together = (make_world("spanish", 3000, 5, Rates(together=share)) for share in (0.0, 0.9))
    told = [int(one.relations(1.0).join(_second(one), on="record_id").height) for one in (apart, together)]
    assert told[1] > 2 * told[0]
    person = dict(zip(together.people["record_id"], together.person.tolist(), strict=True))
    mother = dict(zip(together.person.tolist(), together.mother.tolist(), strict=True))
    rows = together.relations(1.0).filter(polars.col("relation") == "mother").select("record_id", "other_id").rows()
    assert rows
    assert all(mother[person[child]] == person[other] for child, other in rows)


def _second(made: World) -> polars.DataFrame:
    return polars.DataFrame({"record_id": made.people["record_id"].filter(polars.Series(made.visit > 0))})


def test_a_mixed_register_keeps_namings_and_people_apart() -> None:
    mixed = mix_worlds(["wayuu", "warao", "one-name"], 3001, 5)
    assert mixed.people.height == mixed.people["record_id"].n_unique() == 3001
    assert sorted(mixed.people["profile"].unique()) == ["one-name", "warao", "wayuu"]
    profile = dict(zip(mixed.people["record_id"], mixed.people["profile"], strict=True))
    assert mixed.truth().height > 500
    assert all(profile[one] == profile[other] for one, other in mixed.truth().rows())
    assert all(profile[one] == profile[other] for one, _word, other in mixed.relations().rows())
