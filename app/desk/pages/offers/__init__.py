"""Offers: the list, and one of them."""
