"""What comes next: intentions, offers, who may be without a place, leavers to confirm, and the authority's file."""
