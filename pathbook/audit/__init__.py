"""Who did or read what, and when. Append-only, with no foreign keys into the rest of the house.

One rule: every write to a student's record, and every reading of it, leaves an Event in the same
transaction. Events are never changed or removed by Pathbook.
"""
