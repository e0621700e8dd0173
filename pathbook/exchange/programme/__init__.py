"""A past programme from a spreadsheet: activities, who came, and guidance meetings. Schools have years of them.

Three shapes are told apart by their headings: a row a student and activity; a row an activity with the groups it
was for; a row a student with a column for each activity. A row with an adviser is a guidance meeting.
"""
