"""The models that turn text into vectors, and their files."""
