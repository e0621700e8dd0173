"""The school's key pair: the private half signs what students take along, the public half lets others check it."""

import base64
import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from pathbook.exchange.portable.canonical import NotARecordError, canonical, parsed
from pathbook.people.models import Institution

KEY_FILE = "record-key.pem"  # in the data folder, its owner's alone
SAYS = b"pathbook-record\n"  # stands before what is signed, so that no signature made for something else fits
CARD = "pathbook-key"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A school's key as it publishes it."""

    school: str
    urn: int
    key: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.key)


def own_key(folder: Path) -> Ed25519PrivateKey:
    """The key of this folder, made the first time it is asked for; of two who ask at once one makes it."""
    path = folder / KEY_FILE
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds another kind of key")
    return key


def _make(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def public_half(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def published(folder: Path, school: Institution) -> PublicKey:
    return PublicKey(school.name, school.urn, public_half(own_key(folder)))


def fingerprint(public: str) -> str:
    """Forty letters and digits to read out over the telephone, in fours."""
    digest = hashlib.sha256(base64.b64decode(public)).hexdigest()[:40].upper()
    return " ".join(digest[n : n + 4] for n in range(0, 40, 4))


def signature_of(said: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.sign(_signed(said))).decode()


def is_signed_by(said: Mapping[str, Any], public: str) -> bool:
    """Is every word as it was when the holder of this key signed it?"""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(said["signature"], validate=True), _signed(said))
    except (ValueError, InvalidSignature):
        return False
    return True


def _signed(said: Mapping[str, Any]) -> bytes:
    return SAYS + canonical({name: value for name, value in said.items() if name != "signature"})


def card_of(key: PublicKey) -> dict[str, Any]:
    """What a school hands others so that they can check its records."""
    return {"format": CARD, "version": 1, "school": key.school, "urn": key.urn, "key": key.key,
            "fingerprint": key.fingerprint}  # fmt: skip


def key_of_card(data: bytes) -> PublicKey:
    """A card as another school gave it; refused when it is none or does not agree with itself."""
    said = parsed(data)
    try:
        found = PublicKey(str(said["school"])[:200], int(said["urn"]), str(said["key"]))
        if said["format"] != CARD or said["fingerprint"] != found.fingerprint:
            raise ValueError
        Ed25519PublicKey.from_public_bytes(base64.b64decode(found.key, validate=True))
    except (KeyError, TypeError, ValueError):
        raise NotARecordError(
            "This is not the key of a school. Ask them for what `pathbook record key` prints."
        ) from None
    return found
