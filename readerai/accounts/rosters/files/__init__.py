"""A roster's files, opened as rows of text that know where they stand, and what cells mean."""
