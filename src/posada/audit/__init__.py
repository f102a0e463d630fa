"""Who did what: append-only and hash-chained, written in the transaction of the act itself. No screens."""
