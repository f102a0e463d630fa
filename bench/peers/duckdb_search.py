"""DuckDB: a scan of all names by jaro_winkler_similarity, then put in a better order."""

import duckdb
import polars
from asking import SHORTLIST, Shortlist, answer, arguments
from reranking import Person

THREADS = 2


def prepare(register: polars.DataFrame) -> Shortlist:
    """A table of ids and names in memory."""
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    names = register.select("record_id", polars.col("name").fill_null("")).to_arrow()
    connection.register("given", names)
    connection.execute("CREATE TABLE people AS SELECT * FROM given")
    order = "SELECT record_id FROM people ORDER BY jaro_winkler_similarity(name, ?) DESC LIMIT ?"

    def shortlist(asked: Person) -> list[str]:
        return [row[0] for row in connection.execute(order, [asked.name, SHORTLIST]).fetchall()]

    return shortlist


if __name__ == "__main__":
    answer(arguments().parse_args(), prepare)
