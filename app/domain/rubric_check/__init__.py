"""What can be wrong with a rubric that holds together: rules anybody can look up, none of them a judgement of ours."""
