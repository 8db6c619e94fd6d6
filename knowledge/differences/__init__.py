"""What is different between two texts of one source, sentence by sentence. Pure."""
