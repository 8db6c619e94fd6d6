"""Golden sets with their versions, and the runs that asked them, in the register."""
