"""Pathbook: a school's careers programme, recorded, planned and proved, student by student."""

__version__ = "0.1.0"
