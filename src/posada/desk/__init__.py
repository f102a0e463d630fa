"""The pages that join the others: Today, a person's page, the frame with its navigation, Seal, the guided story."""
