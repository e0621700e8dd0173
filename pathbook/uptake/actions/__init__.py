"""Writes: named for what a person did, keyword-only, atomic, with the audit event beside the change."""
