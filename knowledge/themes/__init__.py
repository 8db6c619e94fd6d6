"""What customers needed in contacts, written down so that it can be counted, and the counting."""
