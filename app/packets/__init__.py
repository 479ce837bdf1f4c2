"""PDFs made from values, and the table of all that can be printed."""
