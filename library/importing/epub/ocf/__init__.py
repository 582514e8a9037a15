"""The container of an EPUB (OCF): a ZIP archive, its names, its locks."""
