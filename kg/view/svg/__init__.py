"""A Graph as static pictures: SVG written by this package, the same bytes for the same graph.

`chain`, `prices`, `timeline` and `ontology` are one picture each; `png` turns any into pixels.
Labels, colours, shapes and columns are those of schemas/.
"""
