"""Pure decisions of the family room: silence, advice, choices, the answer to who asks."""
