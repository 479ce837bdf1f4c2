"""A candidate, whole: every application of theirs, what is known, notes, tags and files."""
