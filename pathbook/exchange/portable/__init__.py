"""The portable record: what a student takes along, signed by the school that wrote it, and taking one in from another.

A school signs only what it recorded itself; `data/record-1.schema.json` says what a record may hold (docs/decisions/0026).
"""
