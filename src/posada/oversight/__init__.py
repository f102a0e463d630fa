"""What the auditor sees: who did what as sentences, unusual reading, the chain, access; and who saw one's file."""
