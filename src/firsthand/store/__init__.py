"""Where are a million reports kept?

In DuckDB tables that are written in whole batches, and beside them as Parquet and in an index of words.
"""

from firsthand.store.index import Hit, WordIndex
from firsthand.store.parquet import write_parquet
from firsthand.store.rows import Kept, Revisit, describe_kept, restore_kept
from firsthand.store.store import Batch, Filter, Ledger, Store, explain_errors

__all__ = [
    "Batch",
    "Filter",
    "Hit",
    "Kept",
    "Ledger",
    "Revisit",
    "Store",
    "WordIndex",
    "describe_kept",
    "explain_errors",
    "restore_kept",
    "write_parquet",
]
