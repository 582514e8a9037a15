import uuid

from django.db import migrations, models


def give_each_their_own(apps, schema_editor):
    """A default is worked out once for all rows that are there, so everybody gets theirs here."""
    students = apps.get_model("accounts", "Student").objects.using(schema_editor.connection.alias)
    rows = list(students.only("pk"))
    for student in rows:
        student.pseudonym = uuid.uuid4()
    students.bulk_update(rows, ["pseudonym"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_terms'),
    ]

    operations = [
        migrations.AddField(
            model_name='student',
            name='pseudonym',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(give_each_their_own, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='student',
            name='pseudonym',
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True, unique=True),
        ),
    ]
