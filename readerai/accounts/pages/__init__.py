"""The pages of signing in, and of managing a class's login methods and groups."""
