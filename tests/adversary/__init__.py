"""Malice, curiosity and bad luck: each test here was an attack that once worked, or one that must never work."""
