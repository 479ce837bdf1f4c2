"""A calibration: prepared, held as a session, closed."""
