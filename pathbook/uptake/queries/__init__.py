"""Questions of reading, voice, observation and training that more than one page or act asks."""
