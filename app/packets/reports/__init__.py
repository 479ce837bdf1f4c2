"""Reports: each figure with its words, its table and its chart."""
