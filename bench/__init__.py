"""The table of ratios: each thing Pathbook does beside the plainest way to do the same, measured in one run.

`./run bench` takes about two minutes; `./run bench --curve` adds 3 and 10 times the history. Times alone mean nothing.
"""
