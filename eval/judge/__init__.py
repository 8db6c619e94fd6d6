"""A chat model as a judge of answers: under names of its own, and admitted before it may gate."""
