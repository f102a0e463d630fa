"""Posada: the system of a place that receives people who fled."""
