"""The parts of the assistant that are measured by themselves, each one declared in `catalogue`."""
