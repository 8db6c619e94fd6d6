"""Documents and the labelled questions about them, and registers that hold them."""
