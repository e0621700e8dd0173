"""The file, and what is said about it."""

from typing import Any

from django import forms

from pathbook.exchange.roll.fields import LABELS, MANY
from pathbook.exchange.roll.mapping import IGNORE
from pathbook.exchange.tables.kinds import MAX_BYTES


class UploadForm(forms.Form):
    """Which file, and whether it names everybody."""

    file = forms.FileField(
        label="Student list", help_text="A spreadsheet (CSV, XLSX) or CTF from any school system.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.xml"}),
        error_messages={"required": "Choose the file with your student list.",
                        "empty": "This file is empty. Export the list again and check that it has rows."},
    )  # fmt: skip
    whole_roll = forms.ChoiceField(
        label="Is this your whole roll?",
        choices=[("no", "No, part of it: nobody leaves"), ("yes", "Yes: students who are not in it have left")],
        initial="no", widget=forms.RadioSelect, error_messages={"required": "Say whether this is your whole roll."},
    )  # fmt: skip

    def clean_file(self) -> Any:
        return _not_too_large(self.cleaned_data["file"])


class PastForm(forms.Form):
    """Which file of past activities, attendance or guidance meetings."""

    file = forms.FileField(
        label="Spreadsheet", help_text="CSV or XLSX, up to 50 MB.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls"}),
        error_messages={"required": "Choose the spreadsheet with your past activities.",
                        "empty": "This file is empty. Check that it has rows, and choose it again."},
    )  # fmt: skip

    def clean_file(self) -> Any:
        return _not_too_large(self.cleaned_data["file"])


def _not_too_large(file: Any) -> Any:
    if (file.size or 0) > MAX_BYTES:
        raise forms.ValidationError("This file is larger than 50 MB. Export only the columns needed.")
    return file


class ColumnsForm(forms.Form):
    """One question a heading: which of our fields is it?"""

    def __init__(self, *args: Any, header: tuple[str, ...], chosen: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.header = header
        choices = [(IGNORE, "Leave out"), *LABELS.items()]
        for place, heading in enumerate(header):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=heading or f"Column {place + 1}",
                choices=choices,
                initial=chosen.get(heading, IGNORE),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        fields = [name for name in said.values() if name and name != IGNORE]
        twice = next((name for name in fields if fields.count(name) > 1 and name not in MANY), None)
        if twice:
            raise forms.ValidationError(f"Two columns are said to be {LABELS[twice]}. Choose one of them.")
        return said

    def columns(self) -> dict[str, str]:
        return {self.header[int(name[1:])]: field or IGNORE for name, field in self.cleaned_data.items()}
