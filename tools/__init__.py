"""Small programs for setting up and checking a checkout; the application never imports them."""
