"""Django's SQLite backend on SQLCipher, with the settings that lose nothing, read back on every connection.

The wheel of sqlcipher3 brings its own SQLite: Debian 12's 3.40.1 lies in the range of the WAL-reset bug that
was fixed in 3.51.3, and no site may run on it.
"""

import datetime
import decimal
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.backends.sqlite3 import base as django_sqlite
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]  # a private module of Django
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from posada.vault import state
from posada.vault.errors import DatabaseDamaged
from posada.vault.sqlcipher import turns

OLDEST_SOUND_SQLITE = (3, 51, 3)
_FULL = 2
_WANTED: dict[str, object] = {
    "journal_mode": "wal",
    "synchronous": _FULL,
    "foreign_keys": 1,
    "secure_delete": 1,
}
_SET = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA temp_store = MEMORY",
)


def _decoded(convert: Any) -> Any:
    return lambda raw: convert(raw.decode())


dbapi2.register_converter("bool", b"1".__eq__)
dbapi2.register_converter("date", _decoded(parse_date))
dbapi2.register_converter("time", _decoded(parse_time))
dbapi2.register_converter("datetime", _decoded(parse_datetime))
dbapi2.register_converter("timestamp", _decoded(parse_datetime))
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, datetime.date.isoformat)
dbapi2.register_adapter(datetime.datetime, lambda moment: moment.isoformat(" "))


class Cursor(dbapi2.Cursor):  # type: ignore[misc]  # sqlcipher3 has no types
    """Translates Django's %s into SQLite's question marks."""

    def _translated(self, query: str, names: Iterable[str] | None) -> str:
        convert: Any = vars(django_sqlite.SQLiteCursorWrapper)["convert_query"]
        return str(convert(self, query, param_names=names))

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(self._translated(query, names), params)

    def executemany(self, query: str, param_list: Sequence[Any]) -> Any:
        return super().executemany(self._translated(query, None), param_list)


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite inside the wheel."""
    return tuple(dbapi2.sqlite_version_info)


def read_back(connection: Any) -> dict[str, object]:
    """What the connection says of itself, for the settings that matter."""
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _WANTED}


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """One encrypted database; its key is derived from the site's master key by the name in OPTIONS['key']."""

    vendor = "sqlite"
    display_name = "SQLCipher"
    Database = dbapi2
    _turn: "threading.Lock | None" = None

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.key_name = str(params.pop("key"))
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        key = state.key_for(self.key_name).hex()
        connection = dbapi2.connect(**conn_params)
        try:
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for line in _SET:
                connection.execute(line)
            if read_back(connection) != _WANTED:
                raise DatabaseDamaged
        except dbapi2.DatabaseError as error:
            connection.close()
            if "not a database" in str(error):
                raise DatabaseDamaged from error
            raise
        register_functions(connection)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        if self._turn is None:
            self._turn = turns.take(str(self.settings_dict["NAME"]), seconds=self.settings_dict["OPTIONS"]["timeout"])
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # private of Django's base
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # as above
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # as above
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # as above
        finally:
            self._end_turn()

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()
