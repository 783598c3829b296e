"""Which tables hold an archive?

Every function returns SQL text and runs nothing. Words and numbers from outside are parameters, never part of the text.
`number` counts reports from 0 in the order they were read, so the same files give the same rows.
"""

from __future__ import annotations

SCHEMA = 2

SPANS = "STRUCT(first INTEGER, after INTEGER)[]"
PARTS = "STRUCT(kind VARCHAR, text VARCHAR, first INTEGER, after INTEGER)[]"
LINKS = "STRUCT(url VARCHAR, text VARCHAR, first INTEGER, after INTEGER, rel VARCHAR)[]"
PROBLEMS = 'STRUCT("where" VARCHAR, what VARCHAR, remedy VARCHAR)[]'

# A report as a worker hands it over. `turn`: the number of its record in the file; `base`: its id before the second
# report of the same text is told apart as "~2"; `letters`: the length of the text.
# `record`, `address`, `payload`: the id, address and digest that a web archive states, by which a revisit points back.
ARRIVED = {
    "base": "VARCHAR",
    "input": "INTEGER",
    "turn": "INTEGER",
    "digest": "VARCHAR",
    "record": "VARCHAR",
    "address": "VARCHAR",
    "payload": "VARCHAR",
    "path": "VARCHAR",
    "title": "VARCHAR",
    "publisher": "VARCHAR",
    "url": "VARCHAR",
    "published_from": "TIMESTAMP",
    "published_to": "TIMESTAMP",
    "published_text": "VARCHAR",
    "retrieved_from": "TIMESTAMP",
    "retrieved_to": "TIMESTAMP",
    "retrieved_text": "VARCHAR",
    "language": "VARCHAR",
    "text": "VARCHAR",
    "letters": "INTEGER",
    "body": SPANS,
    "parts": PARTS,
    "links": LINKS,
    "problems": PROBLEMS,
}
REPORTS = {"number": "BIGINT", "id": "VARCHAR"} | ARRIVED
INPUTS = {
    "number": "INTEGER",
    "path": "VARCHAR",
    "digest": "VARCHAR",
    "bytes": "BIGINT",
    "records": "BIGINT",
    "reports": "BIGINT",
    "skipped": "BIGINT",
    "done": "BOOLEAN",
}
LOST = {"input": "INTEGER", "turn": "INTEGER", "where": "VARCHAR", "what": "VARCHAR", "remedy": "VARCHAR"}
REVISITS = {
    "input": "INTEGER",
    "turn": "INTEGER",
    "path": "VARCHAR",
    "address": "VARCHAR",
    "retrieved": "VARCHAR",
    "of_record": "VARCHAR",
    "of_address": "VARCHAR",
    "of_payload": "VARCHAR",
}
FACTS = {"name": "VARCHAR", "value": "VARCHAR"}
TABLES = {"reports": REPORTS, "inputs": INPUTS, "problems": LOST, "revisits": REVISITS, "facts": FACTS}


def create_table_sql(name: str) -> str:
    """Make a table, unless it is there."""
    columns = ", ".join(f'"{column}" {kind}' for column, kind in TABLES[name].items())
    return f"CREATE TABLE IF NOT EXISTS {name} ({columns})"


def insert_reports_sql() -> str:
    """Add the reports of a JSON array, numbered on; the second of the same text gets the id "~2", and so on."""
    fields = ", ".join(f'"{name}" {kind}' for name, kind in ARRIVED.items())
    columns = ", ".join(f'"{name}"' for name in ARRIVED)
    return f"""
        INSERT INTO reports
        WITH arrived AS (
            SELECT unnest(list) AS one, generate_subscripts(list, 1) AS place
            FROM (SELECT CAST(CAST($1 AS JSON) AS STRUCT({fields})[]) AS list)
        ), placed AS (
            SELECT one.*, place, row_number() OVER (PARTITION BY one.base ORDER BY place) AS here FROM arrived
        ), before AS (
            SELECT base AS same, count(*) AS many FROM reports
            WHERE base IN (SELECT base FROM placed) GROUP BY base
        ), counted AS (
            SELECT *, here + coalesce(many, 0) AS nth FROM placed LEFT JOIN before ON base = same
        )
        SELECT (SELECT coalesce(max(number) + 1, 0) FROM reports) + place - 1 AS number,
            CASE WHEN nth = 1 THEN base ELSE base || '~' || nth END AS id, {columns}
        FROM counted ORDER BY place
    """


def insert_problem_sql() -> str:
    """Add what could not be read of an input."""
    return "INSERT INTO problems VALUES ($1, $2, $3, $4, $5)"


def insert_input_sql() -> str:
    """Write how far an input is read; the older line of the same number is taken out before."""
    return "INSERT INTO inputs VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"


def insert_revisit_sql() -> str:
    """Add a record that says: here was again what was captured there before."""
    return "INSERT INTO revisits VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"


def select_revisits_sql(condition: str) -> str:
    """Read the revisits with the number of the report each points to, null where its page is not in the archive.

    The page is known by the id of its record, else by its digest, else by its address: then the last that was captured
    there before. It is looked for whenever it is asked for, so a page that comes into the archive later is found.
    """
    columns = ", ".join(f'"{name}"' for name in REVISITS)
    return f"""
        WITH records AS (SELECT record AS name, min(number) AS page FROM reports WHERE record <> '' GROUP BY record),
        payloads AS (SELECT payload AS name, min(number) AS page FROM reports WHERE payload <> '' GROUP BY payload),
        addresses AS (
            SELECT r.input AS file, r.turn AS place, max(p.number) AS page
            FROM revisits AS r JOIN reports AS p ON p.address = r.of_address
            WHERE r.of_address <> '' AND p.retrieved_from <= TRY_CAST(r.retrieved AS TIMESTAMP) GROUP BY r.input, r.turn
        ), resolved AS (
            SELECT r.*, coalesce(records.page, payloads.page, addresses.page) AS report FROM revisits AS r
            LEFT JOIN records ON records.name = r.of_record LEFT JOIN payloads ON payloads.name = r.of_payload
            LEFT JOIN addresses ON addresses.file = r.input AND addresses.place = r.turn
        )
        SELECT {columns}, report FROM resolved WHERE {condition} ORDER BY "input", turn
    """


def select_reports_sql(condition: str, order: str = "number") -> str:
    """Read whole reports."""
    columns = ", ".join(f'"{name}"' for name in REPORTS)
    return f"SELECT {columns} FROM reports WHERE {condition} ORDER BY {order}"


def filter_reports_sql() -> str:
    """Say which reports are wanted: parameters are publisher, language, since and until, each an empty text for any.

    A report without a date is in no stretch of time; a vague date is in every stretch it may lie in.
    """
    return """
        ($1 = '' OR contains(lower(publisher), lower($1))) AND ($2 = '' OR language = lower($2))
        AND ($3 = '' OR published_to > CAST(nullif($3, '') AS TIMESTAMP))
        AND ($4 = '' OR published_from < CAST(nullif($4, '') AS TIMESTAMP) + INTERVAL 1 DAY)
    """


def count_problems_sql() -> str:
    """Count what could not be read, and what was noted of reports that could."""
    return """
        SELECT (SELECT count(*) FROM problems), (SELECT coalesce(sum(len(problems)), 0) FROM reports)
    """


def copy_parquet_sql(place: str) -> str:
    """Write the reports numbered from $1 and before $2 to a Parquet file, in their order."""
    quoted = place.replace("'", "''")
    return f"""
        COPY (SELECT * FROM reports WHERE number >= $1 AND number < $2)
        TO '{quoted}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)
    """
