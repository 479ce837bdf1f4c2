"""Rules as frozen values: no Qt, no SQL, no files, no clock and no chance."""
