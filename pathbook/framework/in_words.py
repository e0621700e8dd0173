"""How a label reads inside a sentence."""


def in_a_sentence(label: str) -> str:
    """Without its capitals, except words that are all capitals: Digital and IT is digital and IT."""
    return " ".join(word if word.isupper() else word.lower() for word in label.split())
