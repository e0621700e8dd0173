"""Cells that a spreadsheet would take for formulas: how they leave in a CSV file, and how they come back as they were."""

STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def runs(text: str) -> bool:
    """Would a spreadsheet take it for a formula?"""
    return text.lstrip().startswith(STARTS) or text.startswith(STARTS)


def kept_as_text(text: str) -> str:
    """With an apostrophe in front where it would run, or would once one was taken away."""
    return f"'{text}" if runs(text.lstrip("'")) else text


def as_it_was(text: str) -> str:
    """Without the apostrophe that keeps it as text: "'-Smith" is -Smith, and 'Amin is as somebody wrote it."""
    return text[1:] if text.startswith("'") and runs(text.lstrip("'")) else text
