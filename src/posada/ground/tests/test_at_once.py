"""Models made in one step: the same tables as one by one, and none is left when the step is taken back."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from posada.ground.at_once import CreateModels


@pytest.fixture
def connection(django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """An empty database in memory: tables are made outside of a test's transaction."""
    made = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})["default"]
    assert isinstance(made, BaseDatabaseWrapper)
    with django_db_blocker.unblock():
        yield made
        made.close()


def _operations() -> list[CreateModel]:
    one = CreateModel("Wall", [("id", models.BigAutoField(primary_key=True)), ("height", models.IntegerField())])
    fields: list[tuple[str, models.Field[object, object]]] = [
        ("id", models.BigAutoField(primary_key=True)),
        ("wall", models.ForeignKey("ground.Wall", models.CASCADE)),
    ]
    held = models.UniqueConstraint(fields=["wall"], name="one_door_per_wall")
    return [one, CreateModel("Door", fields, options={"constraints": [held]})]


def _columns(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        tables = {name for name in connection.introspection.table_names(cursor) if name.startswith("ground_")}
        return {
            name: [column.name for column in connection.introspection.get_table_description(cursor, name)]
            for name in tables
        }


def test_models_made_at_once_stand_whole_and_go_again(connection: BaseDatabaseWrapper) -> None:
    step, before = CreateModels(_operations()), ProjectState()
    after = before.clone()
    step.state_forwards("ground", after)
    assert _columns(connection) == {}
    with connection.schema_editor() as editor:
        step.database_forwards("ground", editor, before, after)
    assert _columns(connection) == {"ground_wall": ["id", "height"], "ground_door": ["id", "wall_id"]}
    with connection.cursor() as cursor:
        assert "one_door_per_wall" in connection.introspection.get_constraints(cursor, "ground_door")
    with connection.schema_editor() as editor:
        step.database_backwards("ground", editor, after, before)
    assert _columns(connection) == {}
    assert step.describe() == "Create models Wall, Door"
