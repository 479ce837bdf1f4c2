"""Reports, each in a section of its own."""
