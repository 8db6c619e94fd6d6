"""Measures speed, always beside a reference measured in the same run.

Absolute times are not stable on shared machines; ratios within one run are.
"""
