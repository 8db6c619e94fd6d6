"""The pages people work on: one module per page, and the pure parts they are made of."""
