"""What a person can do, one function each; each is one step."""
