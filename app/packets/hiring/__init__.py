"""The hiring packet of an application."""
