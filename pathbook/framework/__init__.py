"""What the benchmarks mean: pure judgement over frozen facts. No Django, no clock, no database.

Read `measures.py` for what each figure counts, `sets.py` for where the wording comes from, and `shares.py`
for how a percentage is made. Everything takes the day it is asked for.
"""
