"""What evaluations talk to over a wire: the agents' page, and a chat model."""
