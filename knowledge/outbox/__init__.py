"""What waits to be told to another program, kept until it was taken."""
