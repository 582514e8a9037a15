"""Tokens, and what a student may know and choose about themself."""
