"""A Splink model for names with two surnames: comparisons with term frequencies, and 17 or 39 blocking rules."""

import splink.comparison_level_library as level
import splink.comparison_library as comparison
from splink import SettingsCreator, block_on

G1, G2, S1, S2 = "given1_sound", "given2_sound", "surname1_sound", "surname2_sound"
RULES_17 = (
    (G1, S1, S2), (G1, S1, "year"), (G1, S1, "born"), (S1, S2, "year"), (S1, "born"), (G1, "born"), (S2, "born"),
    (G2, "born"), (G1, G2, S1), (G1, G2, S2), (G1, S2, "year"), (G2, S1, "year"), (G2, S1, S2), (G1, S1, "place"),
    (G1, S2, "place"), (G1, "mother"), (S1, S2, "place", "sex"),
)  # fmt: skip
RULES_22_MORE = (
    ("given1", "surname1", "sex"), ("surname1", "surname2", "sex", "place"), (G1, "father"), (G2, "mother"),
    (G2, "father"), (S1, "mother"), (S2, "mother"), (S1, "father"), (S2, "father"),
    ("substr(given1, 1, 3)", S1, "born"),
    (G2, S2, "year"), (G2, S1, "place"), (G2, S2, "place"), (G1, G2, "year", "place"), (G1, G2, "born"),
    ("born", "place"), (S1, "year", "place", "sex"), (S2, "year", "place", "sex"), (G1, "year", "place", "sex"),
    ("substr(given1, 1, 4)", "substr(surname1, 1, 4)", "year"), ("substr(given1, 1, 4)", S1, S2), (G1, S2, "sex"),
)  # fmt: skip

RARE = (
    "given1", "given2", "surname1", "surname2", G1, G2, S1, S2, "place", "mother", "father",
)  # fmt: skip


def settings(rules: int) -> SettingsCreator:
    """The model with so many rules."""
    chosen = RULES_17 if rules == len(RULES_17) else RULES_17 + RULES_22_MORE
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in chosen],
        comparisons=[
            word("given1", "given2"),
            word("given2", "given1"),
            word("surname1", "surname2"),
            word("surname2", "surname1"),
            birth(),
            comparison.ExactMatch("sex"),
            rare("place", 0.9),
            rare("mother", 0.92, 0.8),
            rare("father", 0.92, 0.8),
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def word(name: str, other: str) -> comparison.CustomComparison:
    """A word of a name: the same, the same by sound, near, in the other's place."""
    return comparison.CustomComparison(
        output_column_name=name,
        comparison_levels=[
            level.NullLevel(name),
            level.ExactMatchLevel(name, term_frequency_adjustments=True),
            level.ExactMatchLevel(f"{name}_sound", term_frequency_adjustments=True),
            level.JaroWinklerLevel(name, 0.92),
            level.CustomLevel(f"{name}_l = {other}_r OR {other}_l = {name}_r", "in the other's place"),
            level.JaroWinklerLevel(name, 0.8),
            level.ElseLevel(),
        ],
    )


def birth() -> comparison.CustomComparison:
    """A day of birth, of which some know only the year."""
    turned = "substr(born_l, 6, 2) = substr(born_r, 9, 2) AND substr(born_l, 9, 2) = substr(born_r, 6, 2)"
    return comparison.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            level.NullLevel("year"),
            level.ExactMatchLevel("born"),
            level.CustomLevel(f"year_l = year_r AND {turned}", "day and month exchanged"),
            level.CustomLevel("damerau_levenshtein(born_l, born_r) = 1", "one digit"),
            level.CustomLevel("year_l = year_r AND (born_l IS NULL OR born_r IS NULL)", "year, no day"),
            level.CustomLevel("year_l = year_r", "year, another day"),
            level.CustomLevel("abs(year_l - year_r) <= 1", "within a year"),
            level.CustomLevel("abs(year_l - year_r) <= 5", "within five years"),
            level.ElseLevel(),
        ],
    )


def rare(name: str, *thresholds: float) -> comparison.JaroWinklerAtThresholds:
    """A text whose rare values count for more."""
    return comparison.JaroWinklerAtThresholds(name, list(thresholds)).configure(term_frequency_adjustments=True)
