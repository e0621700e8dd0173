"""Objecting to sharing with the local authority: the student's page, a parent's, and the one staff note it on."""
