"""Books from files: EPUB 2 and 3 and plain text, read as data that cannot be trusted."""
