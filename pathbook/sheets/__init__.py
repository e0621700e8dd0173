"""Sheets people print: a student's record, parents' evening, a group, a review, governors, the year; as tagged A4 PDF.

What a sheet says comes from `reports`; how it looks from `layouts/`. Nothing here decides who may see what.
"""
