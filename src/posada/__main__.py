"""`python -m posada` is the command `posada`."""

from posada.config.commands import main

main()
