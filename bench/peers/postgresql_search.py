"""PostgreSQL: names by their trigrams (pg_trgm) through a GiST or a GIN index, then put in a better order.

The server is one of its own, started for this and removed with it, its data in memory where there is room.
"""

import polars
from asking import SHORTLIST, Shortlist, answer, arguments
from reranking import Person
from tests.cluster import start

NEAREST = "SELECT record_id FROM people ORDER BY name <-> %s LIMIT %s"
ALIKE = "SELECT record_id FROM people WHERE name %% %s ORDER BY similarity(name, %s) DESC LIMIT %s"
INDEXES = {
    "gist": "CREATE INDEX ON people USING gist (name gist_trgm_ops(siglen=64))",
    "gin": "CREATE INDEX ON people USING gin (name gin_trgm_ops)",
}


def table(register: polars.DataFrame, kind: str) -> Shortlist:
    """A table of ids and names with an index of this kind."""
    connection = start().connect()
    connection.execute("CREATE EXTENSION pg_trgm")
    connection.execute("CREATE TABLE people (record_id text, name text)")
    connection.execute("SET maintenance_work_mem = '512MB'")
    with connection.cursor().copy("COPY people FROM STDIN") as copy:
        for row in register.select("record_id", polars.col("name").fill_null("")).iter_rows():
            copy.write_row(row)
    connection.execute(INDEXES[kind])
    connection.execute("ANALYZE people")
    connection.execute("SET pg_trgm.similarity_threshold = 0.4")

    def shortlist(asked: Person) -> list[str]:
        if kind == "gist":
            rows = connection.execute(NEAREST, [asked.name, SHORTLIST]).fetchall()
        else:
            rows = connection.execute(ALIKE, [asked.name, asked.name, SHORTLIST]).fetchall()
        return [row[0] for row in rows]

    return shortlist


def main() -> None:
    """register.parquet queries.parquet answer.json --kind gist"""
    asked = arguments()
    asked.add_argument("--kind", choices=sorted(INDEXES), default="gist")
    told = asked.parse_args()
    answer(told, lambda register: table(register, told.kind))


if __name__ == "__main__":
    main()
