"""The house on screens."""
