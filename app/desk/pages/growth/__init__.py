"""Growth plans: the list, and one of them."""
