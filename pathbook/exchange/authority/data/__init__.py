"""The shape of the XML file."""
