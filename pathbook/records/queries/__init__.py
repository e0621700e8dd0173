"""Questions of the records that more than one page or act asks."""
