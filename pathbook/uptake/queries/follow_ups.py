"""What a member of staff is asked to do after a round of monitoring."""

from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.uptake.models import FollowUp


def follow_ups_of(viewer: Viewer, school: Institution) -> tuple[FollowUp, ...]:
    """Their own that are still open, the soonest due first. One query."""
    if viewer.account_id is None:
        return ()
    own = FollowUp.objects.open().filter(round__institution=school, owner__account=viewer.account_id)
    return tuple(own.order_by("due_on", "pk"))
