"""Opaque public keys for records: what stands in addresses, feeds and the extract instead of a number or name."""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_key() -> str:
    """Twelve characters from 31: sayable, and no clue to order or name."""
    number = int.from_bytes(secrets.token_bytes(16))  # one draw for all twelve: a school is made 1,105 at a time
    letters = []
    for _ in range(12):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "".join(letters)
