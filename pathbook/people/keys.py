"""Opaque public keys for records: what stands in addresses, feeds and the extract instead of a number or name."""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_key() -> str:
    """Twelve characters from 31: sayable, and no clue to order or name."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
