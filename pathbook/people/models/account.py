"""Someone who can sign in. What they may see comes only from the roles they hold."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from pathbook.people.models.role import RoleHeld


class Account(AbstractBaseUser):
    """Signs in by e-mail address. Has no powers of its own: see RoleHeld."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    held_today: Sequence["RoleHeld"] | None = None  # read with it at the door

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = BaseUserManager["Account"]()

    def __str__(self) -> str:
        return self.name
