"""What is known of a person, as written: a `Record` of a register, or a `Query` that looks for one."""

import msgspec


class Described(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The fields by which a person is compared; every one may be empty, and empty is never held against
    anybody.

    `birth_date` is '2001-05-09', '2001-05' or '2001'. `age` counts in years on the day `age_on`
    ('2019-02-26').
    `full_name` is read only when both `given_names` and `surnames` are empty. `mother`, `father` and each of
    `relatives` are names of persons in any order.
    """

    given_names: str = ""
    surnames: str = ""
    full_name: str = ""
    nickname: str = ""
    sex: str = ""
    birth_date: str = ""
    age: int | None = None
    age_on: str = ""
    birth_place: str = ""
    place: str = ""
    mother: str = ""
    father: str = ""
    relatives: tuple[str, ...] = ()
    phone: str = ""
    document: str = ""


class Record(Described, frozen=True, gc=False):
    """One row of a register. `record_id` is unique inside it."""

    record_id: str


class Query(Described, frozen=True, gc=False):
    """A person looked for; the same fields as a `Record`, without an id."""
