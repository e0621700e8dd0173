"""Northbridge, an invented school of any size with years of history, uneven on purpose, the same from the same seed.

It shows every page with something true to say: groups that are under-served, tutors who read and who do not,
absentees, joiners, leavers, students who repeat a year or belong to two schools, and awkward names.
"""
