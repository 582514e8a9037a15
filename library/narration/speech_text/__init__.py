"""Text made ready for a voice: what is said for each printed word. Pure, and English."""
