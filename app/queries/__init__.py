"""What is shown, as frozen values, each card only as one may see it."""
