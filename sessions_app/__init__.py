"""One student's private reading."""
