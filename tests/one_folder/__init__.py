"""A platform that is added by one folder.

What the folder holds, and the hub that it talks to.
"""
