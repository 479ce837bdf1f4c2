"""The leveling guide on paper."""
