"""The tables of the extract, in the order of docs/extract.md.

Pseudonymous: a student is an opaque key. With names, `students` says who is who. Withdrawn activities are
left out, with all that hangs on them. Rows are streamed; none of these functions holds a table in memory.
"""

from pathbook.exchange.extract import of_students, programme, roll, stated, use
from pathbook.exchange.extract.shape import Table

TABLES: tuple[Table, ...] = (*roll.TABLES, *programme.TABLES, *of_students.TABLES, *use.TABLES, *stated.TABLES)
