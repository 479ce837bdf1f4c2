"""The command line: one module for each subject, `main` takes the arguments."""
