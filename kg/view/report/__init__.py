"""A dossier: all that a Graph says about one entity, or the weightiest of it all, to be printed.

`dossier` gathers, `html` and `markdown` write it down.
"""
