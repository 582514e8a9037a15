"""Chapters read aloud: voices found at run time, word times, sound files."""
