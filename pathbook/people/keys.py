"""Opaque public keys for records: what stands in addresses, feeds and the extract instead of a number or name."""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def new_key() -> str:
    """Twelve characters from 31: sayable, and no clue to order or name."""
    return secrets.token_bytes(12).translate(_LETTERS).decode()
