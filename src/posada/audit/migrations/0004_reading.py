from django.db import migrations, models


class Migration(migrations.Migration):
    """What the auditor's pages read by: the day, the user, the pseudonym, the act; newest first."""

    dependencies = [("audit", "0003_protection")]
    operations = [
        migrations.AddIndex("auditentry", models.Index(fields=["at"], name="audit_at")),
        migrations.AddIndex("auditentry", models.Index(fields=["actor", "-sequence"], name="audit_of_user")),
        migrations.AddIndex("auditentry", models.Index(fields=["actor", "role", "-sequence"], name="audit_of_role")),
        migrations.AddIndex("auditentry", models.Index(fields=["subject", "-sequence"], name="audit_of_subject")),
        migrations.AddIndex("auditentry", models.Index(fields=["act", "-sequence"], name="audit_of_act")),
    ]
