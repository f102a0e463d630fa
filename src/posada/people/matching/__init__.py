"""The door to kinmatch: who here may be the person whose words were typed.

One index a site, in memory, of everybody registered here or named on a list. It is loaded or built at unlock and kept
current by the change log; what of a person is shown before they are opened (the mask) is made of what it holds.
"""

from posada.people.matching.advising import advise, is_enough_for_advice
from posada.people.matching.ages import Age, ages, surely_minors
from posada.people.matching.calling import call_names
from posada.people.matching.counting import Eaters, eaters
from posada.people.matching.describing import to_kinmatch_record
from posada.people.matching.finding import Hit, Typed, candidates_for, known_of, masked, read_line, search
from posada.people.matching.held import READER, Known, coarse_table, records_of, remove
from posada.people.matching.saving import build, save, start_saving, sweep_keys
from posada.people.matching.weighing import weighed

__all__ = [
    "READER",
    "Age",
    "Eaters",
    "Hit",
    "Known",
    "Typed",
    "advise",
    "ages",
    "build",
    "call_names",
    "candidates_for",
    "coarse_table",
    "eaters",
    "is_enough_for_advice",
    "known_of",
    "masked",
    "read_line",
    "records_of",
    "remove",
    "save",
    "search",
    "start_saving",
    "surely_minors",
    "sweep_keys",
    "to_kinmatch_record",
    "weighed",
]
