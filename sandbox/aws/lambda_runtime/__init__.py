"""Lambda as its callers see it: deployed functions really run, each in a process of its own.

moto keeps what is deployed; this package runs it, behind AWS's own runtime interface client.
"""
