"""The demonstration's invented world: people who never lived, and the story walked through them."""
