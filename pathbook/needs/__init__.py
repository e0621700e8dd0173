"""What each student needs next, for one school: the bridge to the rules, what was put aside, and the school's own weights.

A need is computed each time and never stored. What is stored is that somebody put one aside, why and until when,
and what the school changed of the rules.
"""
