"""One candidate in one opening."""
