"""How two persons are compared, one kind of field at a time."""
