from typing import Any

from django.db import migrations

# One row, counted up inside the keyring by whatever adds, changes or deletes a wrapped key.
_COUNT = """INSERT INTO vault_keyringepoch (id, value) VALUES (1, 1)
            ON CONFLICT (id) DO UPDATE SET value = vault_keyringepoch.value + 1"""
START = {
    "sqlite": [
        f"CREATE TRIGGER vault_count_{event.lower()} AFTER {event} ON vault_wrappedkey BEGIN {_COUNT}; END"
        for event in ("INSERT", "UPDATE", "DELETE")
    ],
    "postgresql": [
        f"""CREATE FUNCTION vault_count() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN {_COUNT}; RETURN NULL; END $$""",
        """CREATE TRIGGER vault_count AFTER INSERT OR UPDATE OR DELETE ON vault_wrappedkey
           FOR EACH STATEMENT EXECUTE FUNCTION vault_count()""",
    ],
}
STOP = {
    "sqlite": [f"DROP TRIGGER vault_count_{event}" for event in ("insert", "update", "delete")],
    "postgresql": ["DROP TRIGGER vault_count ON vault_wrappedkey", "DROP FUNCTION vault_count()"],
}


def _run(statements: dict[str, list[str]]) -> Any:
    def run(_apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_protection")]
    # The hint sends it to the keyring alone.
    operations = [migrations.RunPython(_run(START), _run(STOP), hints={"model_name": "wrappedkey"})]
