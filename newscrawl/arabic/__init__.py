"""Facts about Arabic and its script that every other part uses; imports nothing of the project."""
