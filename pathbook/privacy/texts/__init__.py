"""What a school says about its data, as text: gaps in curly brackets are filled from the register and the school."""

from importlib.resources import files

NAMES = ("dpia", "ropa", "processors", "notice-staff", "notice-parent", "notice-child")


def text(name: str) -> str:
    return files(__name__).joinpath(f"{name}.md").read_text(encoding="utf-8")
