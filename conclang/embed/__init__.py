"""conclang inside other hosts: a Python API, notebooks, MkDocs, Sphinx.

Every module here belongs to one host and imports that host only when it is used there.
"""
