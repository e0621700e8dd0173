"""What each student needs next, and why: pure rules over frozen facts. The rules and weights are data (needs.json).

A need always names its rule, what it rests on, the day it is due and one step. Nothing here stores or remembers.
"""
