"""From what was said to a short list of occupations, each with its score and its reason, for a person to confirm."""

from pathbook.occupations.finding import Found, find
from pathbook.occupations.refusing import refused
from pathbook.occupations.said import Said, Suggestion
from pathbook.occupations.scoring import Guess, guesses
from pathbook.occupations.searching import search
from pathbook.occupations.sectors import sector_of, title_of
from pathbook.occupations.vocabulary import INTEREST, OCCUPATION, PATHWAY, vocabulary
from pathbook.occupations.words import BREAK, tokens

NAMED_OUTRIGHT = 0.8  # above it, profiles are not searched as well
FLOOR = 0.3  # below it, nothing is suggested


def suggest(text: str, *, limit: int = 5) -> tuple[Suggestion, ...]:
    """The occupations the text may mean, likeliest first; none when nothing is likely enough."""
    return read(text, limit=limit).suggestions


def read(text: str, *, limit: int = 5) -> Said:
    """The occupations and pathways the text names, and whether it says that nothing is decided."""
    words = tokens(text)
    found = find(words)
    no = refused(words, found)
    wanted = [one for place, one in enumerate(found) if place not in no]
    guessed = guesses(words, wanted, [one for place, one in enumerate(found) if place in no])
    if not any(guess.score >= NAMED_OUTRIGHT for guess in guessed):
        guessed += search(_left(words, found, no))
    suggestions = _best(guessed)[: max(limit, 0)]
    says_undecided = any(one.term.kind == "undecided" for one in found)
    return Said(suggestions, _pathways(wanted), says_undecided and not guessed)


def _best(guessed: list[Guess]) -> tuple[Suggestion, ...]:
    """One suggestion an occupation, by score, then in the order said."""
    best: dict[str, Guess] = {}
    for guess in guessed:
        if guess.code not in best or guess.score > best[guess.code].score:
            best[guess.code] = guess
    order = sorted(best.values(), key=lambda guess: (-guess.score, guess.place, guess.code))
    return tuple(
        Suggestion(guess.code, title_of(guess.code), sector_of(guess.code), round(guess.score, 2), guess.why)
        for guess in order
        if guess.score >= FLOOR
    )


def _pathways(wanted: list[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.term.codes[0] for one in wanted if one.term.kind == PATHWAY))


def _left(words: list[str], found: list[Found], no: set[int]) -> tuple[str, ...]:
    """The words with a meaning of their own, those of named work and interests among them; none of what is refused."""
    taken = {
        at
        for place, one in enumerate(found)
        for at in range(one.start, one.end)
        if place in no or one.term.kind not in (OCCUPATION, INTEREST) or not one.term.codes
    }
    return tuple(
        word for at, word in enumerate(words)
        if at not in taken and word != BREAK and len(word) > 2 and word not in vocabulary().everyday
    )  # fmt: skip
