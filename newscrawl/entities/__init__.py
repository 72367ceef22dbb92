"""Entities: the Tagger protocol and its taggers (a later stage)."""
