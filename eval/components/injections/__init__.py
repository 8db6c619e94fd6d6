"""`voz eval injections`: what comes of orders in documents, conversations and customers' fields."""
