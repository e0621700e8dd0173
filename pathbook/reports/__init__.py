"""Answers across domains, as frozen dataclasses: the page, the command, the file and the test read the same object."""
