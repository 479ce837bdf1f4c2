"""Openings: all of them, and each with its facts, pay, description and stages."""
