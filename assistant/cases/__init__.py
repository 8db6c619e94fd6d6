"""A customer's dates and the rules cited -> last and first days, or the question to ask back."""
