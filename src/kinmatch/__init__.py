"""kinmatch finds the same person in two records, or in a register, when the name is misspelt, shortened or
half missing.

The public names are loaded when first asked for, so that starting the command costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinmatch.clustering import Cluster, clusters
    from kinmatch.evaluation import Evaluation, evaluate
    from kinmatch.evidence import Evidence
    from kinmatch.explanation import Explanation, explain
    from kinmatch.index import Candidate, Index, search
    from kinmatch.pair import Pair
    from kinmatch.pairing import dedupe, link
    from kinmatch.records import Query, Record
    from kinmatch.register import Register
    from kinmatch.training import train
    from kinmatch.waterfall import waterfall_rows, waterfall_svg
    from kinmatch.weights import Weights

_HOMES = {
    "Candidate": "kinmatch.index",
    "Cluster": "kinmatch.clustering",
    "Evaluation": "kinmatch.evaluation",
    "Evidence": "kinmatch.evidence",
    "Explanation": "kinmatch.explanation",
    "Index": "kinmatch.index",
    "Pair": "kinmatch.pair",
    "Query": "kinmatch.records",
    "Record": "kinmatch.records",
    "Register": "kinmatch.register",
    "Weights": "kinmatch.weights",
    "clusters": "kinmatch.clustering",
    "dedupe": "kinmatch.pairing",
    "evaluate": "kinmatch.evaluation",
    "explain": "kinmatch.explanation",
    "link": "kinmatch.pairing",
    "search": "kinmatch.index",
    "train": "kinmatch.training",
    "waterfall_rows": "kinmatch.waterfall",
    "waterfall_svg": "kinmatch.waterfall",
}

__all__ = [
    "Candidate",
    "Cluster",
    "Evaluation",
    "Evidence",
    "Explanation",
    "Index",
    "Pair",
    "Query",
    "Record",
    "Register",
    "Weights",
    "clusters",
    "dedupe",
    "evaluate",
    "explain",
    "link",
    "search",
    "train",
    "waterfall_rows",
    "waterfall_svg",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'kinmatch' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
