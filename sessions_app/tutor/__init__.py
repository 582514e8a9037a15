"""The tutor: a child's question in, a stream of text out. No Django, no database, no settings."""
