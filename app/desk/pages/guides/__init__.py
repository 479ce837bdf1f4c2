"""Leveling guides: read, compared, edited, imported."""
