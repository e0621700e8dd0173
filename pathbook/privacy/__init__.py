"""What Pathbook holds about people: one register of every field, checked against the models, and what is made from it."""
