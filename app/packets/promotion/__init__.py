"""The promotion packet of a member in a calibration."""
