"""The house: rooms, beds, stays. Who sleeps in which bed stands here as numbers; a name never does."""
