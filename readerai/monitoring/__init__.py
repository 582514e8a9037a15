"""How a server process is doing: whether it is alive and takes another session, and its figures."""
