"""Whether a tutor answers children rightly: cases of our own, rules, and a table."""
