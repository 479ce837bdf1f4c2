"""The window around the pages: bars, palette, places, one person's session with a file."""
