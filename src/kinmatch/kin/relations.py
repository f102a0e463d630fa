"""What the relations between records of a register say of its pairs: one round, from the pairs that names made likely.

A relation says who somebody is to a record: record_id, relation, other_id reads "the relation of record_id is
other_id", as mother, father, partner, child, sibling; `seeks` says that record_id looks for other_id. What one round
finds is never fed into another, so that no error travels through a family.
"""

import polars

from kinmatch.kin.family import scale_of

LIKELY = 0.0  # bits: from here on two relatives are taken for one person
NO_PAIR = -6.63  # bits, one in a hundred: two parents below this are two persons
CLEARLY_BETTER = 3.0  # bits by which a relative of the one fits the other better
SEEKS = "seeks"
# What a word says: the kind of relative, and what the first is to that relative.
WORDS = {
    "mother": ("parent", "child"),
    "father": ("parent", "child"),
    "parent": ("parent", "child"),
    "child": ("child", "parent"),
    "daughter": ("child", "parent"),
    "son": ("child", "parent"),
    "partner": ("partner", "partner"),
    "wife": ("partner", "partner"),
    "husband": ("partner", "partner"),
    "sibling": ("sibling", "sibling"),
    "sister": ("sibling", "sibling"),
    "brother": ("sibling", "sibling"),
}
# The same in Spanish, as files may have it.
IN_SPANISH = {"madre": "mother", "padre": "father", "hijo": "son", "hija": "daughter", "pareja": "partner"}
IN_SPANISH |= {"esposa": "wife", "esposo": "husband", "hermana": "sister", "hermano": "brother", "busca": SEEKS}
KINDS = ("parent", "partner", "child", "sibling")


def kin_levels(pairs: polars.DataFrame, relations: polars.DataFrame) -> polars.DataFrame:
    """The levels of kin for pairs (id_a < id_b, weight in bits without kin): id_a, id_b, one Boolean column a level of
    `data/kin.toml` [register], and `is_new` for pairs that only their relatives suggest.

    Pairs of which the relations say nothing are left out, and suggested ones against which relatives speak. Words of
    relation that are not in WORDS say nothing.
    """
    ids = polars.concat([pairs["id_a"], pairs["id_b"], relations["record_id"], relations["other_id"]]).unique().sort()
    told = _numbered(relations, ("record_id", "other_id"), ids)
    found = _levels(_numbered(pairs.select("id_a", "id_b", "weight"), ("id_a", "id_b"), ids), told)
    return found.with_columns(ids.gather(found[side]).alias(side) for side in ("id_a", "id_b"))


def _numbered(frame: polars.DataFrame, columns: tuple[str, ...], ids: polars.Series) -> polars.DataFrame:
    """Ids as their places in the sorted `ids`: joins of numbers take a third of the room."""
    return frame.with_columns(ids.search_sorted(frame[name]).cast(polars.UInt32).alias(name) for name in columns)


def _levels(known: polars.DataFrame, relations: polars.DataFrame) -> polars.DataFrame:
    relatives = relatives_of(relations)
    both = _both_ways(known)
    likely = both.filter(polars.col("weight") >= LIKELY)
    sought = relations.filter(polars.col("relation") == SEEKS).select("record_id", "other_id")
    found = _supported(likely, relatives).join(
        _sought_back(likely, sought), on=["id_a", "id_b"], how="full", coalesce=True
    )
    found = known.join(found, on=["id_a", "id_b"], how="full", coalesce=True)
    for table in (_related(relatives), _against(known, both, relations), _rivals(likely, relatives)):
        found = found.join(table, on=["id_a", "id_b"], how="left")
    return _judged(found)


def _judged(found: polars.DataFrame) -> polars.DataFrame:
    """The Boolean columns of all levels, for pairs of which one of them holds."""
    levels = tuple(scale_of("register").levels)
    rival = polars.col("rival") >= polars.col("weight").fill_null(float("-inf")) + CLEARLY_BETTER
    found = found.with_columns(
        instead=rival,
        parent_against=polars.col("parent_against") & ~polars.col("parent_same").fill_null(value=False),
        is_new=polars.col("weight").is_null(),
    ).with_columns(polars.col(levels).fill_null(value=False))
    hopeless = polars.col("is_new") & (polars.col("related") | polars.col("instead"))
    return found.select("id_a", "id_b", *levels, "is_new").filter(polars.any_horizontal(levels) & ~hopeless)


def relatives_of(relations: polars.DataFrame) -> polars.DataFrame:
    """Every relation both ways: id, kind (of KINDS), relative; each once."""
    told = relations.filter(polars.col("relation").is_in(list(WORDS)))
    ways = [
        told.select(
            id=polars.col(of),
            kind=polars.col("relation").replace_strict(
                {word: kinds[way] for word, kinds in WORDS.items()}, return_dtype=polars.Enum(KINDS)
            ),
            relative=polars.col(to),
        )
        for way, (of, to) in enumerate((("record_id", "other_id"), ("other_id", "record_id")))
    ]
    return polars.concat(ways).filter(polars.col("id") != polars.col("relative")).unique()


def _both_ways(pairs: polars.DataFrame) -> polars.DataFrame:
    """left, right, weight: every pair in both directions."""
    one = pairs.select(left="id_a", right="id_b", weight="weight")
    return polars.concat([one, one.select(left="right", right="left", weight="weight")])


def _in_order(rows: polars.DataFrame) -> polars.DataFrame:
    """Only a < b, called id_a and id_b: the other half says the same."""
    return rows.filter(polars.col("a") < polars.col("b")).rename({"a": "id_a", "b": "id_b"})


def _supported(likely: polars.DataFrame, relatives: polars.DataFrame) -> polars.DataFrame:
    """The pairs of which relatives of one kind are likely one person, or one record: id_a, id_b, a column a kind."""
    same = relatives.select(left="relative", right="relative").unique()
    alike = polars.concat([likely.select("left", "right"), same])
    around = alike.join(relatives, left_on="left", right_on="relative").rename({"id": "a"})
    around = around.join(relatives, left_on=["right", "kind"], right_on=["relative", "kind"]).rename({"id": "b"})
    around = around.filter((polars.col("left") != polars.col("b")) & (polars.col("right") != polars.col("a")))
    kinds = [(polars.col("kind") == kind).any().alias(f"{kind}_same") for kind in KINDS]
    return _in_order(around).group_by("id_a", "id_b").agg(*kinds)


def _sought_back(likely: polars.DataFrame, sought: polars.DataFrame) -> polars.DataFrame:
    """Who is sought by one who is likely whom the other seeks: a request and its counter-request."""
    found = likely.join(sought, left_on="left", right_on="record_id").rename({"other_id": "one"})
    found = found.join(sought, left_on="right", right_on="other_id").rename({"record_id": "other"})
    found = found.filter(polars.col("one") != polars.col("other"))
    ends = (polars.min_horizontal("one", "other"), polars.max_horizontal("one", "other"))
    return found.select(id_a=ends[0], id_b=ends[1], seeks_back=True).unique()


def _related(relatives: polars.DataFrame) -> polars.DataFrame:
    """The pairs that are named as relatives of each other."""
    named = relatives.select(a="id", b="relative")
    return _in_order(named).unique().with_columns(related=True)


def _rivals(likely: polars.DataFrame, relatives: polars.DataFrame) -> polars.DataFrame:
    """For a pair the weight of the best pair of one of the two with a relative of the other."""
    found = likely.join(relatives, left_on="left", right_on="relative").select("weight", one="id", other="right")
    found = found.filter(polars.col("one") != polars.col("other"))
    ends = {"id_a": polars.min_horizontal("one", "other"), "id_b": polars.max_horizontal("one", "other")}
    return found.with_columns(**ends).group_by("id_a", "id_b").agg(rival=polars.col("weight").max())


def _against(pairs: polars.DataFrame, both: polars.DataFrame, relations: polars.DataFrame) -> polars.DataFrame:
    """The pairs whose mothers, or fathers, are both in the register and no pair, not even an unlikely one."""
    found = [pairs.select("id_a", "id_b").clear()]
    paired = both.filter(polars.col("weight") >= NO_PAIR).select(mine="left", theirs="right", is_paired=True)
    for word in ("mother", "father"):
        told = relations.filter(polars.col("relation") == word).select("record_id", "other_id")
        sides = (
            pairs.select("id_a", "id_b").join(told, left_on="id_a", right_on="record_id").rename({"other_id": "mine"})
        )
        sides = sides.join(told, left_on="id_b", right_on="record_id").rename({"other_id": "theirs"})
        sides = sides.join(paired, on=["mine", "theirs"], how="left")
        unlike = polars.col("is_paired").is_null() & (polars.col("mine") != polars.col("theirs"))
        judged = sides.group_by("id_a", "id_b").agg(unlike=unlike.all())
        found.append(judged.filter("unlike").select("id_a", "id_b"))
    return polars.concat(found).unique().with_columns(parent_against=True)
