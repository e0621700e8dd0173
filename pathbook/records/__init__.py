"""What happened and what is hoped: providers, activities and who took part, guidance meetings and what was
agreed, aspirations, intentions, destinations and what earlier schools sent.

One rule: a record says who wrote it and when, and its history is kept.
"""
