"""Is the data being used: who read what was agreed, what students, parents and staff say, what was seen in lessons, who was trained.

Its one rule: dates and people, never how long anybody looked or what they wrote, and a person may see what is kept of them.
"""
