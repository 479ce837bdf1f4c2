"""The job description on paper."""
