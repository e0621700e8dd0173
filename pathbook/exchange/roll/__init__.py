"""The roll: a student list from any school's system, read with every doubt reported, compared, confirmed, undone.

`read_roll` reads a file; `preview` says what it would do; `apply` does all of it or nothing; `undo` takes it back.
"""
