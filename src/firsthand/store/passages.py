"""Which reports share runs of words, asked of tables of fingerprints?

Every function returns SQL text and runs nothing; it keeps to words that DuckDB and Spark both know.
`report` is the number of a report in its archive, `rank` its place in the order of publication.

Of all who hold a fingerprint each is paired with the first alone, so that a thousand copies make a thousand pairs and
not half a million: the work grows with the text. Whom else a copier may have had it from shows in what the first lacks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FINGERPRINTS = {"hash": "BIGINT", "report": "INTEGER"}
# `moment`: seconds since 1970 of the earliest moment it may have been published at. `begin`: place of its words.
TRACED = {
    "report": "INTEGER",
    "id": "VARCHAR",
    "publisher": "VARCHAR",
    "moment": "BIGINT",
    "begin": "BIGINT",
    "words": "INTEGER",
}
PAIRS = {"child": "INTEGER", "parent": "INTEGER", "shared": "INTEGER", "weight": "BIGINT", "holders": "INTEGER"}
TIES = {
    "child": "INTEGER",
    "parent": "INTEGER",
    "same": "INTEGER",
    "longest": "INTEGER",
    "child_share": "DOUBLE",
    "parent_share": "DOUBLE",
}
# Where the fingerprints of each report stand in their file.
PRINTED = {"report": "INTEGER", "begin": "BIGINT", "prints": "INTEGER"}
REACHED = {"name": "VARCHAR", "number": "BIGINT"}
TABLES = {"fingerprints": FINGERPRINTS, "traced": TRACED, "printed": PRINTED, "pairs": PAIRS, "ties": TIES}
TABLES |= {"reached": REACHED}

# What one publisher prints again and again, over weeks, and hardly anybody else does, is its template.
TEMPLATE_REPORTS, TEMPLATE_SHARE, TEMPLATE_SECONDS = 8, 0.8, 14 * 86_400
# A new report that holds what so many hold does not have them all looked at again.
MANY = 2_000
# Of each child so many pairs are looked at, those of most weight, and none that has less than one in `CLOSE` of it.
CANDIDATES, CLOSE = 3, 10
# What a fingerprint weighs that two hold. The more hold it the less it tells; it falls slowly, since of all who hold
# one only the first is paired: a story that a thousand printed must weigh more than a phrase that two have by chance.
WEIGHT = 1_000


def weigh(holders: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what a fingerprint weighs that so many hold, as `weigh_sql` does."""
    return np.round(WEIGHT / (1 + np.log(np.maximum(1, holders - 1)))).astype(np.int64)


def weigh_sql() -> str:
    """Say what a fingerprint weighs that `holders` hold."""
    return f"CAST(round({WEIGHT} / (1 + ln(holders - 1))) AS BIGINT)"


def create_table_sql(name: str) -> str:
    """Make a table, unless it is there."""
    columns = ", ".join(f"{column} {kind}" for column, kind in TABLES[name].items())
    return f"CREATE TABLE IF NOT EXISTS {name} ({columns})"


def rank_reports_sql() -> str:
    """Put the reports in order: by the moment of publication, the undated last, those of one moment by their ids."""
    return """
        WITH publishers AS (
            SELECT publisher AS name, CAST(row_number() OVER (ORDER BY publisher) AS INTEGER) AS publisher
            FROM (SELECT DISTINCT publisher FROM traced) AS printed
        )
        SELECT report, moment, publishers.publisher AS publisher,
            CAST(row_number() OVER (ORDER BY moment IS NULL, moment, id) AS INTEGER) AS rank
        FROM traced JOIN publishers ON publishers.name = traced.publisher
    """


def find_renewed_sql(since: int) -> str:
    """Say whose pairs must be found anew: reports from number `since` on, and those that share a fingerprint with one.

    Of fingerprints that more than `MANY` hold only the new reports count.
    """
    return f"""
        WITH fresh AS (SELECT DISTINCT hash FROM fingerprints WHERE report >= {since:d}),
        touched AS (SELECT hash, report FROM fingerprints WHERE hash IN (SELECT hash FROM fresh)),
        few AS (SELECT hash FROM touched GROUP BY hash HAVING count(*) <= {MANY})
        SELECT DISTINCT report FROM touched WHERE report >= {since:d} OR hash IN (SELECT hash FROM few)
    """


def find_hashes_sql() -> str:
    """Give every fingerprint of the reports in the table `renewed`."""
    return "SELECT DISTINCT hash FROM fingerprints WHERE report IN (SELECT report FROM renewed)"


def find_firsts_sql(part: int, parts: int, *, some: bool) -> str:
    """Say of each fingerprint that several reports hold which is the first and how many hold it.

    Of one of `parts` parts, a power of two; `some`: only of those in the table `wanted`.
    """
    wanted = "AND f.hash IN (SELECT hash FROM wanted)" if some else ""
    return f"""
        SELECT f.hash, min(r.rank) AS first, CAST(count(*) AS INTEGER) AS holders
        FROM fingerprints AS f JOIN ranked AS r ON r.report = f.report
        WHERE (f.hash & {parts - 1:d}) = {part:d} {wanted}
        GROUP BY f.hash HAVING min(r.rank) < max(r.rank)
    """


def hold_hashes_sql(part: int, parts: int) -> str:
    """Give who holds the fingerprints in `firsts`."""
    return f"""
        SELECT f.hash, r.report, r.rank, firsts.first, firsts.holders
        FROM fingerprints AS f JOIN firsts ON firsts.hash = f.hash JOIN ranked AS r ON r.report = f.report
        WHERE (f.hash & {parts - 1:d}) = {part:d}
    """


def find_templates_sql() -> str:
    """Give the fingerprints in `held` that one publisher prints again and again and hardly anybody else does."""
    return f"""
        SELECT hash FROM (
            SELECT held.hash, r.publisher, count(*) AS many, max(r.moment) - min(r.moment) AS stretch,
                max(held.holders) AS holders
            FROM held JOIN ranked AS r ON r.report = held.report
            WHERE held.holders >= {TEMPLATE_REPORTS} GROUP BY held.hash, r.publisher
        ) AS printed
        WHERE many >= {TEMPLATE_REPORTS} AND many >= {TEMPLATE_SHARE} * holders AND stretch >= {TEMPLATE_SECONDS}
    """


def pair_holders_sql(*, some: bool) -> str:
    """Pair every holder of a fingerprint with its first: rank of each, what they share, and the fewest that hold it.

    `some`: only children in the table `renewed`.
    """
    only = "AND report IN (SELECT report FROM renewed)" if some else ""
    return f"""
        SELECT rank AS child, first AS parent, CAST(count(*) AS INTEGER) AS shared,
            CAST(sum({weigh_sql()}) AS BIGINT) AS weight, min(holders) AS holders
        FROM held WHERE rank > first AND hash NOT IN (SELECT hash FROM templates) {only} GROUP BY rank, first
    """


def sum_pairs_sql() -> str:
    """Add up the pairs of all parts, by the numbers of the reports; of each child the best are kept."""
    return f"""
        WITH summed AS (
            SELECT child, parent, CAST(sum(shared) AS INTEGER) AS shared, CAST(sum(weight) AS BIGINT) AS weight,
                min(holders) AS holders
            FROM parts GROUP BY child, parent
        ), placed AS (
            SELECT *, row_number() OVER (PARTITION BY child ORDER BY weight DESC, parent) AS place,
                max(weight) OVER (PARTITION BY child) AS heaviest FROM summed
        )
        SELECT c.report AS child, p.report AS parent, shared, weight, holders FROM placed
        JOIN ranked AS c ON c.rank = placed.child JOIN ranked AS p ON p.rank = placed.parent
        WHERE place <= {CANDIDATES} AND weight * {CLOSE} >= heaviest
    """


def drop_pairs_sql() -> str:
    """Take out the pairs that are found anew."""
    return "DELETE FROM pairs WHERE child IN (SELECT report FROM renewed)"


def find_unread_sql() -> str:
    """Give pairs whose texts have not been laid side by side yet: numbers, and where the words of each stand."""
    return """
        SELECT p.child, p.parent, c.begin AS begin, c.words AS words, q.begin AS other, q.words AS many FROM pairs AS p
        LEFT JOIN ties AS t ON t.child = p.child AND t.parent = p.parent
        JOIN traced AS c ON c.report = p.child JOIN traced AS q ON q.report = p.parent
        WHERE t.child IS NULL ORDER BY p.child, p.parent
    """


def read_ties_sql() -> str:
    """Give the pairs as they are now with what was found when their texts were laid side by side, and who publishes."""
    return """
        SELECT p.child, p.parent, p.holders, t.same, t.longest, t.child_share, t.parent_share,
            x.publisher = y.publisher AND x.publisher <> '' AS own, q.rank AS rank
        FROM pairs AS p JOIN ties AS t ON t.child = p.child AND t.parent = p.parent
        JOIN traced AS x ON x.report = p.child JOIN traced AS y ON y.report = p.parent
        JOIN ranked AS q ON q.report = p.parent ORDER BY p.child, p.parent
    """


def read_texts_sql() -> str:
    """Read number and text, in UTF-8, of the reports from number $1 and before $2, of an archive attached as `kept`."""
    return "SELECT number, encode(text) AS text FROM kept.reports WHERE number >= $1 AND number < $2"


def read_bodies_sql() -> str:
    """Read number and body of those reports whose body is not all of the text."""
    return """
        SELECT number, [[s['first'], s['after']] for s in body] FROM kept.reports WHERE number >= $1 AND number < $2
            AND (len(body) = 1 AND body[1]['first'] = 0 AND body[1]['after'] = letters) IS NOT TRUE
    """


def insert_traced_sql(first: int, after: int) -> str:
    """Keep the facts of the reports from number `first` and before `after`; `rows` says where their words stand."""
    return f"""
        INSERT INTO traced
        SELECT number, id, publisher, CAST(epoch(published_from) AS BIGINT), rows."begin", rows.words
        FROM kept.reports JOIN rows ON rows.report = number WHERE number >= {first:d} AND number < {after:d}
    """
