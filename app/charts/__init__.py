"""Figures drawn from values, in any thread."""
