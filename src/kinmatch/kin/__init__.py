"""Evidence through relations: what the families around two records add to what the records say themselves."""
