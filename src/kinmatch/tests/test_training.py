import tomllib
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner

from kinmatch import Record, Weights, dedupe, evaluate, train
from kinmatch.cards import weights_with_card
from kinmatch.commands import main
from kinmatch.synthetic import World, make_world
from kinmatch.training import ORDERS, in_order

pytestmark = pytest.mark.xdist_group("numba")


@cache
def _world() -> World:
    return make_world(1200, 21)


SHIPPED = Weights.shipped()


def test_without_decisions_nothing_gets_worse_and_names_stay() -> None:
    found = train(_world().records)
    truth = _world().truth()
    before = evaluate(dedupe(_world().records, 0.3), truth).best.f1
    after = evaluate(dedupe(_world().records, 0.3, None, found.weights), truth).best.f1
    assert after >= before - 0.01
    assert found.moved
    assert {name.split(".")[0] for name in found.moved} <= {"sex", "birth_date", "phone", "document", "nickname"}
    assert found.expected == pytest.approx(len(truth), rel=0.2)


def test_where_there_are_no_families_names_are_learnt_too() -> None:
    rng = np.random.default_rng(4)
    people = []
    for n in range(300):
        given = str(rng.choice(GIVEN))
        surname = "".join(
            rng.choice(list("bdfglmnprst"), 4).astype(object) + rng.choice(list("aeiou"), 4).astype(object)
        )
        born, number = f"19{n % 90 + 10}-0{n % 9 + 1}-03", f"V-{n * 7919 % 10**8:08}"
        one = Record(f"{n}", given_names=given, surnames=surname, birth_date=born, document=number)
        other = str(rng.choice(GIVEN)) if n % 3 == 0 else given
        people += [one, msgspec.structs.replace(one, record_id=f"{n}b", given_names=other)]
    found = train(people)
    assert found.weights.table["given.different"] > SHIPPED.table["given.different"] + 0.5


GIVEN = ("Ana", "Rosa", "Luisa", "Marta", "Elena", "Carmen", "Pilar", "Julia", "Sofía", "Clara")


def test_a_sex_written_at_random_comes_to_weigh_less_against_a_pair() -> None:
    drawn = np.random.default_rng(3).choice(["m", "f"], len(_world().records)).tolist()
    people = [msgspec.structs.replace(one, sex=sex) for one, sex in zip(_world().records, drawn, strict=True)]
    found = train(people)
    assert found.weights.table["sex.different"] > SHIPPED.table["sex.different"] + 0.2


def test_decisions_move_the_weights_they_speak_of() -> None:
    left = [Record(f"l{n}", given_names="Ana", surnames=f"Rojas{n}", place="Ureña") for n in range(40)]
    right = [Record(f"r{n}", given_names="Ana", surnames=f"Rojas{n}", place="Cúcuta") for n in range(40)]
    decisions = {(f"l{n}", f"r{n}"): True for n in range(40)}
    found = train(left + right, decisions)
    assert found.decisions == 40
    assert found.weights.table["place.different"] > SHIPPED.table["place.different"]
    with pytest.raises(ValueError, match="'x'"):
        train(left, {("l1", "x"): True})


def test_more_agreement_never_weighs_less_after_training() -> None:
    assert in_order(SHIPPED.table) == SHIPPED.table
    found = in_order({**SHIPPED.table, "given.near": 9.0, "sex.different": 2.0, "phone.different": 5.0})
    for chain in ORDERS:
        values = [found[name] for name in chain if name in found]
        assert values == sorted(values, reverse=True)
    assert found["sex.different"] <= 0


def test_trained_weights_are_read_again_with_their_card(tmp_path: Path) -> None:
    found = train(_world().records[:400])
    path = tmp_path / "weights.toml"
    path.write_text(weights_with_card(found, SHIPPED), encoding="utf-8")
    assert Weights.read(path) == found.weights
    assert f"Started from: {SHIPPED.version}" in path.read_text(encoding="utf-8")


def test_nothing_to_learn_from_is_said() -> None:
    with pytest.raises(ValueError, match="at least two"):
        train([])
    with pytest.raises(ValueError, match="no two records are alike"):
        train([Record("1", given_names="Ana", surnames="Rojas"), Record("2", given_names="Luis", surnames="Paz")])


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    return result.exit_code, result.output


def test_the_command_trains_with_and_without_decisions(tmp_path: Path) -> None:
    people, decided, weights = (tmp_path / name for name in ("people.csv", "decided.csv", "weights.toml"))
    rows = [
        f"{n},{g},{s},1990-01-0{n % 3 + 1}"
        for n, g, s in ((0, "Ana", "Rojas"), (1, "Ana", "Roxas"), (2, "Ann", "Rojas"))
    ]
    people.write_text("\n".join(["record_id,given_names,surnames,birth_date", *rows]), encoding="utf-8")
    decided.write_text("id_a,id_b,decision\n0,1,same\n0,2,different\n", encoding="utf-8")
    assert run("train", people, "-o", weights)[0] == 0
    assert run("train", people, people, "-o", weights)[0] == 0
    assert "same record_id" in run("train", people, people, "-o", weights, "--decisions", decided)[1]
    code, said = run("train", people, "-o", weights, "--decisions", decided)
    assert (code, "2 pairs" in said) == (0, True)
    assert tomllib.loads(weights.read_text(encoding="utf-8"))["model"]["version"].startswith(SHIPPED.version)
    assert run("dedupe", people, "-o", tmp_path / "pairs.csv", "--weights", weights)[0] == 0


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("0,1,perhaps", "line 2: the decision 'perhaps' is neither same nor different"),
        ("0,1,same\n1,0,no", "line 3: this pair was decided both ways"),
        ("0,9,same", "record '9'"),
        ("", "no decision"),
    ],
)
def test_decisions_that_cannot_be_used_are_one_sentence(tmp_path: Path, rows: str, told: str) -> None:
    people, decided = tmp_path / "people.csv", tmp_path / "decided.csv"
    people.write_text("record_id,given_names\n0,Ana\n1,Ana\n", encoding="utf-8")
    decided.write_text(f"id_a,id_b,decision\n{rows}\n", encoding="utf-8")
    code, said = run("train", people, "-o", tmp_path / "w.toml", "--decisions", decided)
    assert code == 2
    assert told in said
