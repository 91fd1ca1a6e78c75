"""A platform that is added by one folder.

Here are the folder's contents, and the hub that it talks to.
"""
