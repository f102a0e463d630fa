"""What people use instead of kinmatch, each as a programme of its own, run by `kinmatch bench` in the environment that
`make bench-peers` makes. They read what is public of the packages; nothing of their code stands here."""
