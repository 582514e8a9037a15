"""What is read: books, chapters, narration, checkpoints, the dictionary."""
