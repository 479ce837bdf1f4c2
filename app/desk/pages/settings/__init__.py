"""Settings: who I am, colleagues, openings, packets, backups, appearance."""
