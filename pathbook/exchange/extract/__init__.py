"""The open extract: every figure Pathbook shows can be recomputed from these Parquet files (docs/extract.md).

`tables.py` says what each table holds; `write.py` writes them beside the old ones and swaps.
"""
