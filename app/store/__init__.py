"""The one file: the only place that writes, and what keeps it whole."""
