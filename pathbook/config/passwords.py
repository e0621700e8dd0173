"""How a password is kept: Argon2id with the least that OWASP asks, so that a class of thirty is let in together."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """19 MiB, twice over, one lane: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html"""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
