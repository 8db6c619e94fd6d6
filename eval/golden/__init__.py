"""Golden sets: what is asked, how the assistant has to behave, and what an answer has to hold."""
