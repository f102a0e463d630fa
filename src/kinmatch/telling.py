"""An explanation as JSON, for programs."""

import msgspec

from kinmatch.evidence import Language
from kinmatch.explanation import Explanation


def explanation_json(explanation: Explanation, language: Language = "es") -> str:
    """The explanation as a JSON object: prior, evidence, weight (bits) and probability.

    Each piece of evidence has field, label, level, sign, weight, the running sum, both sides as written, and its
    sentence; blank ones weigh nothing. The prior and all weights add up to the weight.
    """
    steps = explanation.steps()
    evidence = [
        {
            "field": one.field,
            "label": one.label(language),
            "level": one.level,
            "sign": one.sign,
            "weight": one.weight,
            "sum": round(total, 6),
            "left": one.left,
            "right": one.right,
            "sentence": one.sentence(language),
        }
        for one, total in zip(explanation.evidence, steps[1:], strict=True)
    ]
    told = {
        "language": language,
        "prior": explanation.prior,
        "evidence": evidence,
        "weight": explanation.weight,
        "probability": explanation.probability,
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
