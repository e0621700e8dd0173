"""A refusal: one sentence that says why and what to do. It becomes exit 1."""


class Refused(Exception):
    """Raised by a command when what was asked cannot be done; nothing has been changed."""
