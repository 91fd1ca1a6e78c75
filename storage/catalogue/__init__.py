"""What articles are filed under: outlets and tags."""
