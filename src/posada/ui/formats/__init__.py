"""How dates are written, where Django writes them otherwise than the people of the house."""
