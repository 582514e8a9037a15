"""The pages of signing in, and of looking after people's ways in."""
