"""Tags and the spellings that are one."""
