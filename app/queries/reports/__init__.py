"""What each report shows, a function each, by the name its report has on the command line."""
