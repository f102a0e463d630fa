"""What can be wrong with the two databases on a server, each a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from posada.vault.errors import VaultError


class ServerAway(VaultError):
    """The server does not answer, or does not let us in."""

    def __str__(self) -> str:
        return str(
            _(
                "The PostgreSQL server does not answer, or refuses. Nothing was changed. "
                "Look that it runs and that DATABASE_URL and KEYRING_URL are right, then try again."
            )
        )


class UnsafeServer(VaultError):
    """The server may lose what it has confirmed."""

    def __str__(self) -> str:
        return str(
            _(
                "The PostgreSQL server may lose what it has confirmed. Set fsync, full_page_writes and "
                "synchronous_commit to on in its configuration, then try again. Nothing was changed."
            )
        )


class SameDatabase(VaultError):
    """Both addresses lead to one database."""

    def __str__(self) -> str:
        return str(
            _(
                "DATABASE_URL and KEYRING_URL lead to the same database. The keyring must lie in another, so that "
                "the two are never in one dump. Nothing was changed."
            )
        )


class DatabaseInUse(VaultError):
    """A new site was to be made in a database that holds something."""

    def __str__(self) -> str:
        return str(_("One of the two databases is not empty. Nothing was changed. Choose two that are new."))


class LiesOnServer(VaultError):
    """A site of a server is started without its addresses."""

    def __str__(self) -> str:
        return str(
            _(
                "This site lies on a PostgreSQL server. Set DATABASE_URL and KEYRING_URL as when it was made. "
                "Nothing was opened."
            )
        )


class LiesInFiles(VaultError):
    """A site of files is started with the addresses of a server."""

    def __str__(self) -> str:
        return str(
            _(
                "This site lies in the files of its folder, and DATABASE_URL is set. Start it without DATABASE_URL and "
                "KEYRING_URL. Nothing was opened."
            )
        )


class DatabasesOfAnotherSite(VaultError):
    """The addresses lead to what another site wrote."""

    def __str__(self) -> str:
        return str(
            _(
                "DATABASE_URL or KEYRING_URL leads to the databases of another site, or they were changed over. "
                "Nothing was opened. Put the addresses right."
            )
        )
