"""Django's PostgreSQL backend, closed while the site is sealed, with the settings that lose nothing read back."""

from typing import Any

from django.db.backends.postgresql import base as django_postgresql

from posada.vault import state
from posada.vault.errors import SiteIsSealed
from posada.vault.postgresql.errors import UnsafeServer

# The first is ours to set (address.py); the others are the server's own.
WANTED = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}


def read_back(connection: Any) -> dict[str, str]:
    """What the server says of itself, for the settings that matter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(%s)", [list(WANTED)])
        return dict(cursor.fetchall())


class DatabaseWrapper(django_postgresql.DatabaseWrapper):
    """One database on a server; what is personal in it is sealed before it is sent."""

    display_name = "PostgreSQL"

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not state.is_open():
            raise SiteIsSealed
        return super().get_new_connection(conn_params)

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if read_back(self.connection) != WANTED:
            self.close()
            raise UnsafeServer
