"""The exchange app: its models are what past imports were and what they changed."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "pathbook.exchange"
    label = "exchange"
