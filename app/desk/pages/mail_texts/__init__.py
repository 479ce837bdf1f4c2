"""The texts of mails: those that come with the program, and the workspace's own."""
