"""Someone who can sign in. What they may see comes only from the roles they hold."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Account(AbstractBaseUser):
    """Signs in by e-mail address. Has no powers of its own: see RoleHeld."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = BaseUserManager["Account"]()

    def __str__(self) -> str:
        return self.name
