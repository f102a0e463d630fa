"""Evidence through relations: it lifts and lowers, tells brothers and sisters apart, and names no third person."""

from typing import Any, get_args

import msgspec
import pytest

from kinmatch import Record, explain, waterfall_rows, waterfall_svg
from kinmatch.kin.around import Asking, Beside, counter_request, families
from kinmatch.kin.family import Family, Origin, scale_of, with_evidence

CANARY = "Zyxwiana"


def _told(key: str = "", **said: Any) -> Record:
    return Record(record_id=key, **said)


MARIA = _told("p", given_names="María", surnames="González", sex="female")
SOUGHT = _told("s", given_names="María Elena", surnames="González Rodríguez", sex="female")
LUISA = _told("l", given_names="Luisa Fernanda", surnames="González Rodríguez", sex="female")
OMAR = _told("o", given_names="Omar José", surnames="González Rodríguez", sex="male", birth_date="1991")


def _levels(asking: Asking, beside: Beside, candidate: Record = MARIA) -> set[str]:
    return set(families(SOUGHT, candidate, asking, beside).levels)


def test_a_relative_of_who_is_sought_beside_the_candidate_speaks_for_it() -> None:
    found = families(SOUGHT, MARIA, Asking(LUISA, "sister", (OMAR,)), Beside((OMAR,)))
    assert found.levels == ("beside_one",)
    assert found.members == ("o",)
    assert found.weight == scale_of("request").levels["beside_one"]
    assert families(SOUGHT, MARIA, Asking(LUISA, "sister"), Beside((OMAR,))).weight == 0


def test_shared_surnames_alone_make_nobody_a_relative() -> None:
    other = msgspec.structs.replace(OMAR, given_names="Pedro Luis", birth_date="1970")
    assert _levels(Asking(LUISA, "sister", (OMAR,)), Beside((other,))) == set()


@pytest.mark.parametrize(("mother", "level"), [("Carmen Rodríguez", "parent_same"), ("Rosa Gil", "parent_against")])
def test_a_mother_who_asks_is_compared_with_the_mother_of_the_record(mother: str, level: str) -> None:
    asking = Asking(_told(full_name="Carmen Rodríguez"), "mother")
    assert _levels(asking, Beside(), msgspec.structs.replace(MARIA, mother=mother)) == {level}


def test_a_sister_tells_the_mother_whom_the_request_left_out() -> None:
    asking = Asking(msgspec.structs.replace(LUISA, mother="Carmen Rodríguez"), "sister")
    assert _levels(asking, Beside(), msgspec.structs.replace(MARIA, mother="Rosa Gil")) == {"parent_against"}


def test_who_is_as_old_as_the_mother_who_asks_is_not_her_child() -> None:
    asking = Asking(_told(full_name="Carmen Rodríguez", birth_date="1961"), "mother")
    assert _levels(asking, Beside(), msgspec.structs.replace(MARIA, birth_date="1963")) == {"wrong_age"}
    assert _levels(asking, Beside(), msgspec.structs.replace(MARIA, birth_date="1987")) == set()


def test_somebody_of_the_household_who_seeks_the_enquirer_speaks_for_it() -> None:
    wanted = _told(given_names="Luisa Fernanda", surnames="González Rodríguez")
    assert _levels(Asking(LUISA, "sister"), Beside((OMAR,), (wanted,))) == {"seeks_back"}


def test_a_sister_beside_her_who_fits_better_lowers_it() -> None:
    """Two sisters came together, one is sought: the other one is not made likelier by her family, but less likely."""
    elena = _told("e", given_names="María Elena", surnames="González Rodríguez", sex="female")
    ana = msgspec.structs.replace(elena, record_id="a", given_names="Ana María")
    asking = Asking(LUISA, "sister")
    assert "instead" in _levels(asking, Beside((elena,)), ana)
    assert "instead" not in _levels(asking, Beside((ana,)), elena)


def test_a_brother_sought_together_with_her_takes_what_fits_him() -> None:
    asking = Asking(LUISA, "sister", also_sought=(OMAR,))
    assert "instead" in _levels(asking, Beside(), msgspec.structs.replace(OMAR, record_id="x"))


def test_it_is_capped_in_both_directions_and_weighs_nothing_where_nothing_is_said() -> None:
    most = scale_of("request").most
    assert Family(("beside_one", "beside_more", "parent_same", "seeks_back")).weight == most
    assert Family(("parent_against", "instead", "wrong_age")).weight == scale_of("request").least
    assert (Family().weight, Family().evidence()) == (0.0, ())


def test_each_seeking_the_other_speaks_for_it_and_never_against() -> None:
    assert counter_request(LUISA, LUISA) > 3
    assert counter_request(OMAR, _told(given_names="Wei", surnames="Zhang", sex="female")) == 0


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_is_explained_like_the_others_and_names_nobody(language: Any) -> None:
    other = _told("z", given_names=CANARY, surnames="Rodríguez", sex="female")
    family = families(SOUGHT, MARIA, Asking(LUISA, "sister", (other,)), Beside((other,)))
    assert family.members == ("z",)
    found = with_evidence(explain(SOUGHT, MARIA), family.evidence())
    kin = found.evidence[-1]
    assert (kin.field, kin.level, kin.sign) == ("kin", "beside_one", "near")
    assert found.prior + sum(one.weight for one in found.evidence) == pytest.approx(found.weight)
    told = [kin.sentence(language), kin.reason(language), kin.brief(language), waterfall_svg(found, language)]
    told += [row.words for row in waterfall_rows(found, language)]
    assert all(told)
    assert CANARY not in "".join(told)


def test_every_level_has_its_words_in_both_languages() -> None:
    for origin in get_args(Origin):
        for level in scale_of(origin).levels:
            (one,) = Family((level,), origin=origin).evidence()
            assert one.sentence("es")
            assert one.sentence("en")
            assert one.brief("es") != one.brief("en")
