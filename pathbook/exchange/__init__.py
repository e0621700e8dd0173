"""What comes in and what goes out: the roll, past activities, and the open extract."""
