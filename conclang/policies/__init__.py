"""Scheduling policies, one file each, and the registry that makes one from a spec."""
