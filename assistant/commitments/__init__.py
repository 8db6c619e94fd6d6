"""What agents promise and what customers complain of, recognised in what they say; no model."""
