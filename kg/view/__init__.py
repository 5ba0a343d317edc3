"""A Graph as something to look at."""
