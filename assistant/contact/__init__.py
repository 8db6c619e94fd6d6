"""A live contact: what the customer needs now, and the few things worth saying beside it."""
