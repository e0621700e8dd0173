"""Scarce places: what is on offer, who needs it and may have it, and what a person confirms of who gets which."""
