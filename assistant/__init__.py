"""A question in, a cited answer out; shell/ is the rim that people use."""
