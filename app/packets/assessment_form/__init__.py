"""The form on which a rater assesses a member."""
