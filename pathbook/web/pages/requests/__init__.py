"""The data protection officer's pages: erasing, who has been kept long enough, and the papers."""
