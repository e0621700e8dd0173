"""Do we record it, can staff get hold of it, is it used? Each figure a share, as it stood on any day.

A figure is counted one by one (a student, a meeting, an action, a member of staff), each with the group it lies in, so
that the whole, the groups and the trend are the same count.
"""
