"""Servers are killed, cut off, flooded and drained here; afterwards an auditor reads the database
and compares it with what the clients' journals say was acknowledged."""
