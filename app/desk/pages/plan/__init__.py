"""An opening's interview plan."""
