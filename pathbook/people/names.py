"""How names are compared: without accents, case or spare spaces, so that "zoe" finds Zoë and Łukasz sorts among the Ls."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=20_000)
def plain_name(text: str) -> str:
    stripped = unicodedata.normalize("NFD", text.replace("Ł", "L").replace("ł", "l").replace("’", "'"))
    return " ".join("".join(c for c in stripped if not unicodedata.combining(c)).casefold().split())
