#!/usr/bin/env python
"""ReaderAI's commands: ``manage.py help`` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readerai.settings")
    from django.core.management import execute_from_command_line

    from readerai.logs import last_words

    sys.excepthook = last_words
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
