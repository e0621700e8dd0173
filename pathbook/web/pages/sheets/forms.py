"""What a website statement says of whom to ask, and when it is looked at again."""

from django import forms

from pathbook.sheets.access_policy import Policy
from pathbook.sheets.statement import Contact
from pathbook.web.fields import line, prose


class StatementForm(forms.Form):
    """Nothing of it is kept: it goes into the statement made."""

    name = line("Careers leader", called="the name", at_most=120, missing="Say who the careers leader is.")
    email = forms.EmailField(
        label="E-mail", required=False, max_length=200, error_messages={"invalid": "Write the e-mail address in full."}
    )
    telephone = line("Telephone", called="the telephone number", at_most=40)
    review = forms.DateField(
        label="Next review", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the next review as day, month and year."},
    )  # fmt: skip

    def contact(self) -> Contact:
        said = self.cleaned_data
        return Contact(said["name"], said["email"], said["telephone"], said["review"])


class PolicyForm(StatementForm):
    """The draft's words stand in the boxes, to be changed."""

    ask = prose(
        "How a provider asks", called="how a provider asks", rows=3, at_most=2000, missing="Say how a provider asks."
    )
    grounds = prose(
        "When access is given or refused", called="when access is given", rows=6, at_most=4000,
        missing="Say when access is given or refused.",
    )  # fmt: skip
    rooms = prose(
        "Rooms and means", called="the rooms", rows=3, at_most=2000, missing="Say which rooms and means there are."
    )

    def policy(self) -> Policy:
        said = self.cleaned_data
        return Policy(self.contact(), said["ask"], said["grounds"], said["rooms"])
