"""Draft cases of golden sets made from what the company has: questions, feedback, documents."""
