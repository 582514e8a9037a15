"""Help prepared for the places of a book: read from a story's file, drafted, approved, stored.

``parsing`` reads ``prepared.toml``; ``looking_ahead`` finds what would tell too much.
"""
