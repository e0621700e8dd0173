"""Django's SQLite backend with the variable limit SQLite has had since 3.32 (32,766), not the 999 of old.

A year group is then logged, and a roll brought in, in a few statements instead of dozens.
"""
