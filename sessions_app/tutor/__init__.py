"""The tutor: a child's question in, a stream of text out. No Django, no database, no settings.

`build.build_tutor` makes one; `types` says what goes in and what comes out.
"""
