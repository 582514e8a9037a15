"""Plain text and Markdown as books."""
