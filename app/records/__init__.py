"""What rows mean together: what counts, who may see it, which level holds, which assessments belong together."""
