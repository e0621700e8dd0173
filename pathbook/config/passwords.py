"""How a password is kept: Argon2id with the least that OWASP asks, so that a class of thirty is let in together.

Of the settings OWASP holds equal, the one of least memory: it leaves the processor's cache to the pages beside it.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """7 MiB, five times over, one lane: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html"""

    time_cost = 5
    memory_cost = 7 * 1024  # KiB
    parallelism = 1
