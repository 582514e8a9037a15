"""Real servers for tests: PostgreSQL, Redis, Chromium, a tutor's API, and ReaderAI itself."""
