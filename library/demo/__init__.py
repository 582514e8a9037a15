"""The demo: stories that this project wrote, and people to read them."""
