"""Free questions that wait on a party's page: asked, answered, taken back.

Officers ask organisations and donors; organisations and donors ask officers. Nobody asks the
other side directly: that is what an officer is for.
"""
