"""The file of next steps for the local authority: whose it may hold, what it says of each, as CSV and as XML.

The shape follows headings seen in councils' published extracts; no published schema was found, so none is claimed
(docs/decisions/0036). Whoever objects to sharing their plans is in neither form.
"""
