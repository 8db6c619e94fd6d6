"""Is the gate itself any good? Defects are planted in a run, and harmless changes beside them."""
