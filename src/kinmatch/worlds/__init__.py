"""Worlds of invented people: families, the names they give, and registers that describe them badly. Nobody in them
exists; everything follows from a seed, a naming and rates."""
