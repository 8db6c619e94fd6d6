"""Voice guides on the managers' page: their rules as they were read, writing and trying them."""
