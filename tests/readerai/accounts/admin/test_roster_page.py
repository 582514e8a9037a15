"""Staff import a roster in the admin: look first, then have just that made."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session as BrowserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Classroom, Role, School, SignIn, Student, User

from ..people import make_user
from ..rosters.imports import everything, in_class, run
from ..rosters.oneroster_files import OneRoster

PAGE = "/admin/accounts/school/import/"
#: Everything else about people is in their own admins.
RIGHTS = [
    f"{verb}_{what}"
    for verb in ("add", "change")
    for what in ("school", "user", "student", "classroom", "enrolment", "term")
]


@pytest.fixture
def desk(client: Client, office: User) -> Client:
    """Staff who may import a roster, and nothing beyond it."""
    office.user_permissions.set(Permission.objects.filter(codename__in=RIGHTS))
    client.force_login(office)
    client.get("/")
    return client


@pytest.fixture
def packed(tmp_path: Path) -> Callable[[OneRoster], bytes]:
    def pack(roster: OneRoster) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in roster.write(tmp_path / "packed").iterdir():
                archive.write(file, file.name)
        return out.getvalue()

    return pack


Packed = Callable[[OneRoster], bytes]


def send(
    desk: Client, content: bytes, button: str = "preview", name: str = "r.zip", **form: Any
) -> Any:
    sent = SimpleUploadedFile(name, content)
    answer: Any = desk.post(PAGE, {"file": sent, button: "1", "school": ""} | form)
    assert answer.status_code in {200, 302, 403, 404}
    return answer


def shown(answer: Any) -> str:
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', answer.text)
    assert found is not None
    return found[1]


def test_roster_is_looked_at_and_then_made(desk: Client, packed: Packed) -> None:
    content = packed(OneRoster())
    before = everything()
    looked = send(desk, content)
    assert "Alice Baker" in looked.text
    assert re.search(r"<td>3</td>\s*<th scope=\"row\">new people</th>", looked.text)
    assert everything() == before
    made = send(desk, content, "make", shown=shown(looked))
    assert made.headers["Location"] == "/admin/accounts/school/"
    assert in_class("Room 12") == {"Alice Baker", "Bob Cole"}
    assert "new people: 3" in desk.get(made.headers["Location"]).content.decode()
    after = everything()
    again = send(desk, content)
    assert "There is nothing to change" in again.text
    assert 'name="make"' not in again.text
    assert everything() == after


def test_what_is_kept_of_an_import_names_nobody(desk: Client, packed: Packed, office: User) -> None:
    content = packed(OneRoster())
    files = set(Path(tempfile.gettempdir()).glob("readerai-upload-*"))
    send(desk, content, "make", shown=shown(send(desk, content)))
    noted = LogEntry.objects.get()
    assert (noted.user, noted.object_repr) == (office, "Hill School")
    assert noted.change_message.startswith("Roster imported: new schools: 1, new people: 3")
    kept = [str(vars(noted)), *(str(each.get_decoded()) for each in BrowserSession.objects.all())]
    assert not re.search("Alice|Baker|user-p1", "".join(kept))
    assert set(Path(tempfile.gettempdir()).glob("readerai-upload-*")) == files


def test_page_does_what_the_command_does(desk: Client, packed: Packed, tmp_path: Path) -> None:
    roster = OneRoster("1.2")
    content = packed(roster)
    run(tmp_path / "packed")
    assert "There is nothing to change" in send(desk, content).text
    bob = Student.objects.get(display_name="Bob Cole").user
    issue_token(bob)
    roster.remove_user("p2")
    content = packed(roster)
    send(desk, content, "make", shown=shown(send(desk, content)))
    bob.refresh_from_db()
    assert not bob.is_active
    assert SignIn.objects.get(user=bob).ended_at is not None
    assert "nothing to change" in run(tmp_path / "packed")


def test_every_change_is_in_the_spreadsheet(desk: Client, packed: Packed) -> None:
    roster = OneRoster()
    roster.users[1] |= {"givenName": "=Alice"}
    answer = send(desk, packed(roster), "list")
    assert "roster-changes.csv" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 3 + 1 + 2 + 1  # school, people, class, children and teacher in it
    assert "'=Alice Baker" in {row["name"] for row in rows}
    assert not School.objects.exists()


def test_every_fault_is_shown_with_its_place(desk: Client, packed: Packed) -> None:
    roster = OneRoster()
    roster.users[1] |= {"grades": "77", "givenName": "<b>Al</b>"}
    roster.enrollments[2] |= {"endDate": "soon"}
    page = send(desk, packed(roster)).text
    assert "2 things in the file to put right" in page
    assert (
        "<tr><td>users.csv</td><td>3</td><td>grades: “77” is no grade from K to 12</td></tr>"
        in page
    )
    assert "<td>enrollments.csv</td><td>4</td><td>endDate: “soon” is no day" in page
    assert not User.objects.filter(role="student").exists()


@pytest.mark.parametrize(
    "between", ["another file", "somebody changed something", "another person"]
)
def test_what_was_not_shown_is_not_made(
    desk: Client, packed: Packed, office: User, between: str
) -> None:
    roster = OneRoster()
    content = packed(roster)
    send(desk, content, "make", shown=shown(send(desk, content)))
    roster.users[1] |= {"givenName": "Alicia"}
    content = packed(roster)
    seal = shown(send(desk, content))
    if between == "another file":
        # Nothing of this is a change that would be listed.
        roster.users[1] |= {"grades": "04"}
        content = packed(roster)
    elif between == "somebody changed something":
        User.objects.filter(source_id="p2").update(last_name="Coal")
    else:
        other = make_user("other", Role.STAFF)
        other.user_permissions.set(office.user_permissions.all())
        desk.force_login(other)
        desk.get("/")
    before = everything()
    refused = send(desk, content, "make", shown=seal)
    assert "this is not what you were shown" in refused.text
    assert everything() == before
    assert send(desk, content, "make", shown=shown(refused)).status_code == 302
    assert in_class("Room 12") == {"Alicia Baker", "Bob Cole"}


def test_half_a_file_takes_a_tick_that_names_the_number(desk: Client, packed: Packed) -> None:
    roster, half = OneRoster(), OneRoster()
    for number in range(30):
        roster.add_user(f"x{number}", "student", "Child", f"Number{number}")
    content = packed(roster)
    whole = send(desk, content)
    assert "many_leave" not in whole.text
    send(desk, content, "make", shown=shown(whole))
    content, before = packed(half), everything()
    looked = send(desk, content)
    assert "Deactivate 30 people, though only 3 would stay" in looked.text
    refused = send(desk, content, "make", shown=shown(looked))
    assert "Nothing was changed: 30 people are not in the file" in refused.text
    assert everything() == before
    send(desk, content, "make", shown=shown(refused), many_leave="on")
    assert User.objects.filter(is_active=False).count() == 30


def bomb() -> bytes:
    """Small, and says that it is larger than a roster may be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("manifest.csv", "propertyName,value\noneroster.version,1.1\n")
        with archive.open("users.csv", "w") as file:
            for _ in range(130):
                file.write(b"\0" * 1024 * 1024)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.zip", bomb, "what is in it is too large for a roster"),
        ("a.xlsx", bomb, "what is in it is too large for a roster"),
        ("a.zip", lambda: b"PK\x03\x04, but not really", "this is no ZIP file"),
        ("a.xlsx", lambda: b"no sheet", "this is no XLSX file"),
        ("a.csv", lambda: b"name,class\n\xff\xfe", "this is not UTF-8"),
        ("a.csv", lambda: b"name,class\nAlice,R1\n", "school: no column says which"),
        ("a.csv", lambda: b"", "The submitted file is empty."),
        ("a.exe", lambda: b"MZ", "whose name ends with .zip, .csv or .xlsx"),
        ("a.csv", lambda: b"\n" * 30 * 1024 * 1024, "It is larger than 16 MiB."),
    ],
)  # fmt: skip
def test_file_that_is_no_roster_is_refused_in_words(
    desk: Client, name: str, content: Callable[[], bytes], said: str
) -> None:
    for button in ("look", "list", "make"):
        assert said in send(desk, content(), button, name=name, shown="0" * 64).text
    assert not School.objects.exists()


def test_names_are_text_and_never_html(desk: Client, packed: Packed) -> None:
    roster = OneRoster()
    roster.users[1] |= {"givenName": "<script>alert(1)</script>", "familyName": "“&”"}
    roster.orgs[1] |= {"name": "<i>Hill</i>"}
    page = send(desk, packed(roster)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; “&amp;”" in page
    assert "<i>Hill" not in page
    assert "<script>alert" not in page
    wrong = send(desk, b"name,class\n,R\n", name='<img src=x>".csv').text
    assert "<img" not in wrong


def test_spreadsheet_is_of_the_school_that_is_chosen(desk: Client, room: Classroom) -> None:
    School.objects.create(slug="far", name="Far School")
    form: dict[str, Any] = {"name": "people.csv", "school": room.school.pk}
    content = b"name,class\nZoe Young,Room 9\n"
    looked = send(desk, content, **form)
    assert "Zoe Young" in looked.text
    assert send(desk, content, "make", shown=shown(looked), **form).status_code == 302
    assert Student.objects.get(display_name="Zoe Young").user.school == room.school


def test_long_groups_are_folded_and_take_no_more_queries(desk: Client, packed: Packed) -> None:
    counts = []
    for children in (1, 90):
        roster = OneRoster()
        for number in range(children):
            roster.add_user(f"x{number}", "student", "Child", f"Number{number}")
        with CaptureQueriesContext(connection) as queries:
            page = send(desk, packed(roster)).text
        counts.append(len(queries))
        assert page.count("Child Number") == children
    assert counts[0] == counts[1]
    assert "<summary>43 more</summary>" in page
    open_, folded = page.split("<summary>43 more", 1)
    assert (open_.count("Child Number"), folded.count("Child Number")) == (47, 43)


@pytest.mark.parametrize("missing", RIGHTS)
def test_whoever_may_not_do_it_by_hand_may_not_import_it(
    desk: Client, packed: Packed, office: User, missing: str
) -> None:
    assert PAGE in desk.get("/admin/").content.decode()
    office.user_permissions.remove(Permission.objects.get(codename=missing))
    for page in ("/admin/", "/admin/accounts/school/"):
        assert PAGE not in desk.get(page).content.decode()
    assert desk.get(PAGE).status_code == 403
    assert send(desk, packed(OneRoster())).status_code == 403
    assert not School.objects.exists()


def test_page_is_led_to_from_the_index_and_the_schools(desk: Client, room: Classroom) -> None:
    school = f"/admin/accounts/school/{room.school.pk}/change/"
    for page in ("/admin/", "/admin/accounts/school/", school):
        assert PAGE in desk.get(page).content.decode()
    assert (
        f'value="{room.school.pk}" selected'
        in desk.get(f"{PAGE}?school={room.school.pk}").content.decode()
    )


def test_for_everybody_else_there_is_no_such_page(
    client: Client, packed: Packed, rivera: User, alice: Student
) -> None:
    for person in (rivera, alice.user):
        client.force_login(person)
        assert client.get(PAGE).status_code == 404
        assert send(client, packed(OneRoster())).status_code == 404
