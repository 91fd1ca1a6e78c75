"""A platform that is added by one folder: what the folder holds, and the hub that it talks to."""
