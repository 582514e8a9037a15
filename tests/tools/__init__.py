"""The small programs that set up and check a checkout, and the files beside them."""
