"""``voz eval bench``: public sets, beside published figures and the pipeline in twenty lines."""
