"""Measures of a whole run, which no single answer has: calibration, selectivity, gaps, times."""
