"""Who gets which scarce place, and why: pure sums over frozen problems. No Django, no clock, no database.

`fair_start` answers at once, worst off first; `improve` raises the total and never the unfairness; `one_more` asks what a
bought day would change; `capacity` is the arithmetic of slots and meetings. The same problem gives the same answer.
"""
