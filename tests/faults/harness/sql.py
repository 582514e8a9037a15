"""Run the statement that comes on standard input: the database is changed behind servers' backs."""

import os
import sys

import django


def main() -> None:
    """Run it in the database that the environment names; print the rows that it gives."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sys.stdin.read())
        if cursor.description is not None:
            sys.stdout.writelines(f"{row}\n" for row in cursor.fetchall())


if __name__ == "__main__":
    main()
