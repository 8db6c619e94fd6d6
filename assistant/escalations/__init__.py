"""What of a question to the company is for whose eyes."""
