"""One interview, scored while one listens."""
