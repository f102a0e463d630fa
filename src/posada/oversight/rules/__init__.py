"""Pure decisions: what an entry says as a sentence, what somebody's day of reading was, what is unusual in it."""
