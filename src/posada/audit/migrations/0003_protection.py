from typing import Any

from django.db import migrations, models

REFUSAL = "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
# Django rebuilds a table of SQLite to change it, and the triggers go with the old one: they are made again here.
REFUSE = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit_auditentry {REFUSAL}",
        f"CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit_auditentry {REFUSAL}",
        f"""CREATE TRIGGER IF NOT EXISTS audit_no_replace BEFORE INSERT ON audit_auditentry
            WHEN EXISTS (SELECT 1 FROM audit_auditentry WHERE sequence = NEW.sequence OR previous = NEW.previous)
            {REFUSAL}""",
    ],
    "postgresql": [
        """CREATE OR REPLACE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditentry
           FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
        """CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditentry
           FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    ],
}
ALLOW = {
    "sqlite": [f"DROP TRIGGER audit_no_{what}" for what in ("update", "delete", "replace")],
    "postgresql": [f"DROP TRIGGER audit_{what} ON audit_auditentry" for what in ("append_only", "no_truncate")],
}
NUMBERS = {"sqlite": [], "postgresql": ["CREATE SEQUENCE audit_sequence"]}
NO_NUMBERS = {"sqlite": [], "postgresql": ["DROP SEQUENCE audit_sequence"]}


def _run(statements: dict[str, list[str]]) -> Any:
    def run(_apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.alias == "default":
            for statement in statements[schema_editor.connection.vendor]:
                schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("auditentry", "chain", models.PositiveIntegerField(default=0)),
        migrations.AddIndex("auditentry", models.Index(fields=["chain", "-sequence"], name="audit_newest_of_chain")),
        migrations.AddConstraint(
            "auditentry", models.UniqueConstraint(fields=["previous"], name="audit_one_successor")
        ),
        migrations.RunPython(_run(NUMBERS), _run(NO_NUMBERS)),
        migrations.RunPython(_run(REFUSE), _run(ALLOW)),
    ]
