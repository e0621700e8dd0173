"""One file a noun; import them from here."""
