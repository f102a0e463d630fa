"""rapidfuzz: the names most like the one asked for by `process.extract`, then put in a better order."""

import polars
from asking import SHORTLIST, Shortlist, answer, arguments
from rapidfuzz import fuzz, process
from reranking import Person


def prepare(register: polars.DataFrame) -> Shortlist:
    """Names with their words in order of the alphabet, so that the plain ratio does not mind their order."""
    ids, names = register["record_id"].to_list(), register["name"].fill_null("").to_list()

    def shortlist(asked: Person) -> list[str]:
        hits = process.extract(asked.name, names, scorer=fuzz.ratio, processor=None, limit=SHORTLIST)
        return [ids[place] for _name, _score, place in hits]

    return shortlist


if __name__ == "__main__":
    answer(arguments().parse_args(), prepare)
