"""XHTML documents of an EPUB as blocks of text."""
