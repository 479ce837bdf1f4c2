"""Tenfold: hire and grow people against one rubric, in one local file."""

__version__ = "0.1.0"
