"""Staff say in the admin that a child who left and one who is new are the same."""

from __future__ import annotations

import re

from django.test import Client

from readerai.accounts.models import Student

from ..rosters.imports import in_class
from ..rosters.oneroster_files import OneRoster
from .test_roster_page import Packed, send, shown
from .test_roster_page import desk as desk
from .test_roster_page import packed as packed


def test_look_alikes_are_shown_side_by_side_and_joined_by_a_tick(
    desk: Client, packed: Packed
) -> None:
    roster = OneRoster()
    roster.enrol("t1", "c9")
    send(desk, packed(roster), "make", shown=shown(send(desk, packed(roster))))
    bob = Student.objects.get(display_name="Bob Cole")
    roster.remove_user("p2")
    roster.add_user("p9", "student", "Bob", "Cole-Lund")
    roster.enrol("p9", "c1")
    looked = send(desk, packed(roster))
    assert "enrollments.csv:4: classSourcedId: it is not among the classes" in looked.text
    assert re.search(
        r'name="same" value="0".*?<td>Bob Cole \(p2\)</td>\s*<td>Bob Cole-Lund \(p9\)',
        looked.text,
        re.DOTALL,
    )
    made = send(desk, packed(roster), "make", shown=shown(looked), same=["0", "7"])
    assert made.status_code == 302
    bob.refresh_from_db()
    assert (bob.display_name, bob.user.source_id) == ("Bob Cole-Lund", "p9")
    assert in_class("Room 12") == {"Alice Baker", "Bob Cole-Lund"}
    assert Student.objects.count() == 2
