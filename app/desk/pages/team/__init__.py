"""The team: the list, and one member."""
