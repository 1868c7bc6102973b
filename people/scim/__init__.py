"""SCIM 2.0 (RFC 7643, 7644) as directories speak it: what we publish, how rows look on the wire, filters, patches.

Knows the models and neither requests nor actions. What a client's wish changes is in people/actions/scim_*.py, the
addresses are in people/views/scim.py. Details of errors are English: they are read in the log of the directory.
"""
