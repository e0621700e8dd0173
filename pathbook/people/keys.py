"""Opaque public keys for records: what stands in addresses, feeds and the extract instead of a number or name."""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 12

_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))


def new_key() -> str:
    """Twelve characters from 31: sayable, and no clue to order or name."""
    return key_from(secrets.token_bytes(LENGTH))


def key_from(secret: bytes) -> str:
    """The same twelve characters of the same secret bytes, at least twelve of them."""
    return secret[:LENGTH].translate(_LETTERS).decode()


def is_key(text: str) -> bool:
    """Could new_key have made this? What comes back in a form is not taken on trust."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET)
