"""Which files may be evidence: a few kinds, told by their first bytes, and none of them large."""

from typing import Any

from django import forms

from pathbook.records.actions.judging import Kept

MOST = 5_000_000
OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".docx": (f"{OFFICE}wordprocessingml.document", b"PK\x03\x04"),
    ".xlsx": (f"{OFFICE}spreadsheetml.sheet", b"PK\x03\x04"),
    ".pptx": (f"{OFFICE}presentationml.presentation", b"PK\x03\x04"),
}


def kept(file: Any) -> Kept:
    """The file as it is kept; refused with what to do where it is too large or no kind we know."""
    if (file.size or 0) > MOST:
        raise forms.ValidationError("This file is larger than 5 MB. Attach a shorter one, or a link to it.")
    name = str(file.name)
    known = next((kind for ending, kind in KINDS.items() if name.lower().endswith(ending)), None)
    content = file.read()
    if known is None or not content.startswith(known[1]):
        raise forms.ValidationError(
            "Attach a PDF, a picture (PNG or JPEG) or a Word, Excel or PowerPoint file saved in today's format."
        )
    return Kept(name[-120:], known[0], content)
