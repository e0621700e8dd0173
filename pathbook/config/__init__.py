"""Settings, URLs and the WSGI door. It wires everything together and is imported by nothing."""
