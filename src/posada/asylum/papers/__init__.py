"""What stands on the papers of a case: Spanish to be handed in, English beside it to read by. Nothing of it is kept."""
