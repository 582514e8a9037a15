"""A school's roster: read from its files, compared with what is here, applied in one piece.

``read`` turns files into a ``Roster`` and touches no database; ``plan`` says what would change;
``apply`` changes it.
"""
