"""How sure a comparison of two runs is: intervals, tests and power, over cases in clusters."""
