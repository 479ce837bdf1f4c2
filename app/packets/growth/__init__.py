"""The growth packet of a member."""
