"""A file somebody was sent, as rows of text with their line numbers; or one sentence saying why it cannot be read.

`read_table` takes CSV (any usual delimiter and encoding), XLSX and XLS, and finds the header row by asking
`score`, a function from a row of cells to how many of its headings are known.
"""

from pathbook.exchange.tables.kinds import Kind, UnreadableError, kind_of
from pathbook.exchange.tables.row import Row
from pathbook.exchange.tables.table import Table, read_table

__all__ = ["Kind", "Row", "Table", "UnreadableError", "kind_of", "read_table"]
