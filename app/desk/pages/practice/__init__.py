"""Practice: scoring written answers beside experts."""
