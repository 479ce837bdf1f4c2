"""Writing an assessment of a member."""
