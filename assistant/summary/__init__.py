"""What is kept of a contact in a few lines: quotes of what was said, each with its turn."""
