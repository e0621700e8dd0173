"""Text made alike: small letters, no accents, one form for plurals and for men and women, one for how it sounds."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

READ = 1_000  # letters; an aspiration is a sentence or two, and what follows an essay's start is not read
BREAK = "|"

_TOKENS = re.compile(r"[a-z0-9]+|[,;:.!?()\[\]\n\r]|[/&+]")
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_JOINED = {"/": "or", "&": "and", "+": "and"}
_AS_THEY_ARE = frozenset("news gas bus his this its was has does always sometimes tennis yes plus lens physics".split())
_PEOPLE = (("women", "man"), ("woman", "man"), ("lady", "man"), ("men", "man"))
_SOUNDS = (
    ("cian", "shun"), ("tion", "shun"), ("sion", "shun"), ("tch", "ch"), ("ch", "k"), ("ph", "f"), ("ck", "k"),
    ("qu", "kw"), ("sce", "se"), ("sci", "si"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("x", "ks"),
    ("z", "s"), ("wh", "w"), ("y", "i"),
)  # fmt: skip
_STARTS = (("psy", "si"), ("ps", "s"), ("kn", "n"), ("wr", "r"))


def tokens(text: str) -> list[str]:
    """Words of the text in order, with `or`, `and` for signs and BREAK where a clause ends."""
    plain = unicodedata.normalize("NFKD", text[:READ]).casefold().replace("ı", "i")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’‘`´")
    plain = _INITIALS.sub(r"\1", plain)
    return [_JOINED.get(token, token if token.isalnum() else BREAK) for token in _TOKENS.findall(plain)]


@lru_cache(maxsize=20_000)
def singular(token: str) -> str:
    """One form for one and many, and for a man and a woman who do the same work."""
    for ending, instead in _PEOPLE:
        if token.endswith(ending) and len(token) > len(ending) + 1:
            return token[: -len(ending)] + instead
    if token in _AS_THEY_ARE or len(token) <= 3 or not token.endswith("s") or token.endswith(("ss", "us", "is")):
        return token
    if token.endswith("ies") and len(token) > 4:
        return token[:-3] + "y"
    return token[:-2] if token.endswith(("sses", "shes", "ches", "xes")) else token[:-1]


def key(words: Iterable[str]) -> str:
    """What two ways of writing one term have in common: `make-up artists` and `makeup artist` are one."""
    return "".join(map(singular, words))


@lru_cache(maxsize=20_000)
def sound(key: str) -> str:
    """Roughly how it sounds, so that `farmasist` is near `pharmacist`."""
    for start, instead in _STARTS:
        if key.startswith(start):
            key = instead + key[len(start) :]
    for letters, instead in _SOUNDS:
        key = key.replace(letters, instead)
    return re.sub(r"(.)\1", r"\1", key)
