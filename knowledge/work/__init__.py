"""What comes back from the agents, and what managers make of it: gaps, feedback, readings."""
