from django.db import migrations

from natapraja.mcd.registers import protection


def protect(apps, schema_editor):
    protection.install(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
