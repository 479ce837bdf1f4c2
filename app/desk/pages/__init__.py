"""One folder for each place of the window."""
