"""The indexes over the register's rows, and the question's way through them: `retrieval`."""
