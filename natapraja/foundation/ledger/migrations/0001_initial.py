import natapraja.foundation.ledger.models
from django.db import migrations, models

from natapraja.foundation.ledger import protection


def protect(apps, schema_editor):
    protection.install(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('size', natapraja.foundation.ledger.models.Sequence(primary_key=True, serialize=False)),
                ('root', models.BinaryField(max_length=32)),
                ('at', models.DateTimeField()),
                ('signature', models.BinaryField(max_length=64)),
                ('key_id', models.CharField(max_length=16)),
            ],
            options={
                'verbose_name': 'kepala',
                'verbose_name_plural': 'kepala',
            },
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
            options={
                'verbose_name': 'simpul',
                'verbose_name_plural': 'simpul',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('seq', natapraja.foundation.ledger.models.Sequence(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=60)),
                ('actor', models.CharField(max_length=80)),
                ('subject', models.CharField(max_length=120)),
                ('digest', models.BinaryField(max_length=32)),
                ('nonce', models.BinaryField(max_length=16)),
                ('detail', models.TextField()),
                ('leaf', models.BinaryField(max_length=32)),
                ('marks', models.BinaryField(max_length=28)),
            ],
            options={
                'verbose_name': 'catatan',
                'verbose_name_plural': 'catatan',
                'indexes': [models.Index(fields=['subject', 'seq'], name='ledger_entry_subject')],
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
