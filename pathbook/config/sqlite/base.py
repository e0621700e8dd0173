"""The backend Django loads for ENGINE = "pathbook.config.sqlite"."""

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.features import DatabaseFeatures


class Features(DatabaseFeatures):
    """Only the limit differs."""

    max_query_params = 32_000


class DatabaseWrapper(base.DatabaseWrapper):
    """Only the features differ."""

    features_class = Features
