"""The rubric, read as a book."""
