"""One file a noun; import them from here."""

from pathbook.needs.models.dismissal import Dismissal
from pathbook.needs.models.proposal import Proposal, ProposedAnswer, ProposedPlace
from pathbook.needs.models.settings import NeedSettings

__all__ = ["Dismissal", "NeedSettings", "Proposal", "ProposedAnswer", "ProposedPlace"]
