"""Tables as files: the rows of the screen, in values that a spreadsheet program counts with."""

from __future__ import annotations

import datetime as dt
import io
import re
from operator import itemgetter
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from readerai.accounts.models import School
from sessions_app.models import Session
from teachers.exports.files import csv_bytes
from teachers.exports.xlsx_file import xlsx_bytes
from teachers.tables import Column, Value, report_table
from tests.sessions_app.cast import Cast
from tests.teachers.pages import read_csv
from tests.teachers.reading_lists import recommend
from tests.teachers.readings import Open

Row = tuple[Value, ...]

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = dt.datetime(2026, 7, 1, 22, 30, 15, 999, tzinfo=dt.UTC)
CLASS = "/teachers/classes/room-12"


def read_xlsx(raw: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(raw)).active
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("table", ["questions", "checkpoints", "words", "reading_spans", "log"])
def test_file_of_a_session_has_the_rows_of_the_screen(
    rivera: Client, reading: Open, table: str
) -> None:
    address = f"/teachers/sessions/{reading.session_id}"
    rows = read_csv(rivera.get(f"{address}/report/{table}.csv").content)
    page = rivera.get(address).content.decode()
    shown = re.search(rf'table-{table}">.*?</table>', page, re.DOTALL)
    assert shown is not None
    assert len(rows) == shown.group().count("<tr>")
    sheet = read_xlsx(rivera.get(f"{address}/report/{table}.xlsx").content)
    assert sheet.max_row == len(rows)


def test_numbers_are_numbers(rivera: Client, reading: Open) -> None:
    address = f"{CLASS}/report/children"
    head, alice, bob = read_csv(rivera.get(f"{address}.csv").content)
    assert head[:4] == ["Child", "Days", "Books", "Read by oneself, min"]
    assert alice[:6] == ["Alice", "1", "1", "1.2", "50", "0.0"]
    assert bob[:6] == ["Bob", "0", "0", "0.0", "0", "0.0"]
    sheet = read_xlsx(rivera.get(f"{address}.xlsx").content)
    assert [cell.value for cell in sheet[2]][:9] == ["Alice", 1, 1, 1.2, 50, 0, 0, 0, None]


def test_times_are_those_of_the_school_and_the_heading_says_so() -> None:
    columns: list[Column[Row]] = [
        Column("When", itemgetter(0), "time"),
        Column("Day", itemgetter(1), "day"),
        Column("Right", itemgetter(2), "percent"),
    ]
    rows: list[Row] = [(MOMENT, MOMENT.date(), 0.5), (None, None, None)]
    table = report_table("t", "T", columns, rows)
    head, row, nothing = read_csv(csv_bytes(table, BERLIN))
    assert head == ["When, Europe/Berlin", "Day", "Right"]
    assert row == ["2026-07-02 00:30:15", "2026-07-01", "0.5"]
    assert nothing == ["", "", ""]
    when, day, right = read_xlsx(xlsx_bytes(table, BERLIN))[2]
    assert (str(when.value), when.number_format) == ("2026-07-02 00:30:15", "yyyy-mm-dd hh:mm:ss")
    assert (str(day.value), day.number_format) == ("2026-07-01 00:00:00", "yyyy-mm-dd")
    assert when.is_date
    assert day.is_date
    assert (right.value, right.number_format) == (0.5, "0%")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1+1"])
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    columns: list[Column[Row]] = [
        Column("Text", itemgetter(0)),
        Column("Number", itemgetter(1), "number"),
    ]
    table = report_table("t", "T", columns, [(text, -1.5)])
    row = read_csv(csv_bytes(table, dt.UTC))[1]
    assert row == [f"'{text}", "-1.5"]
    sheet = read_xlsx(xlsx_bytes(table, dt.UTC))
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == -1.5


def test_sheet_keeps_its_heading_in_sight_and_shows_its_texts() -> None:
    names = ["Zoë Łukasz-Müller de la Cruz", "x" * 500, "a\x00\x1f\ufffe\ud800b\nc"]
    column: Column[str] = Column("Child", lambda name: name)
    table = report_table("t", "A/B: [really] a very long title of it", [column], names)
    sheet = read_xlsx(xlsx_bytes(table, dt.UTC))
    assert sheet.title == "A-B- -really- a very long title"
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["A"].width == 62
    assert sheet["A2"].value == names[0]
    assert sheet["A4"].value == "ab\nc"
    assert csv_bytes(table, dt.UTC)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/teachers/sessions/{}/report/log.csv", r"alice-the-lamp-\d{4}-\d\d-\d\d-log\.csv"),
        ("/teachers/students/alice/report/days.xlsx", r"alice-{0}-to-{0}-days\.xlsx"),
        ("/teachers/students/alice/report/xapi.json", r"alice-{0}-to-{0}-xapi\.json"),
        (f"{CLASS}/report/children.csv", r"room-12-{0}-to-{0}-children\.csv"),
        (f"{CLASS}/report/xapi.json", r"room-12-{0}-to-{0}-xapi\.json"),
        (f"{CLASS}/lists.csv", r"room-12-lists\.csv"),
    ],
)
def test_file_is_named_by_what_it_is_about_and_when(
    rivera: Client, reading: Open, address: str, name: str
) -> None:
    answer = rivera.get(address.format(reading.session_id))
    found = re.search('filename="(.*)"', answer["Content-Disposition"])
    assert found is not None
    assert re.fullmatch(name.replace("{0}", r"\d{4}-\d\d-\d\d"), found[1])


def test_reading_list_can_be_taken_away(cast: Cast, rivera: Client, reading: Open) -> None:
    School.objects.update(time_zone="Europe/Berlin")
    book = Session.objects.get().book
    made = recommend(cast, book, title="Harbours")
    head, alice, bob = read_csv(rivera.get(f"{CLASS}/lists/{made.pk}.csv").content)
    assert head == [
        "Child",
        "Finished, books",
        f"{book.title}, began, Europe/Berlin",
        f"{book.title}, finished, Europe/Berlin",
        f"{book.title}, closed at",
    ]
    began = Session.objects.get().started_at.astimezone(BERLIN)
    assert alice == ["Alice", "0", f"{began:%Y-%m-%d %H:%M:%S}", "", ""]
    assert bob == ["Bob", "0", "", "", ""]
    sheet = read_xlsx(rivera.get(f"{CLASS}/lists.xlsx").content)
    assert [cell.value for cell in sheet[2]] == [
        "Harbours", "the whole class", book.title, None, 2, 1, 0,
    ]  # fmt: skip
    assert rivera.get(f"{CLASS}/lists/{made.pk + 1}.csv").status_code == 404
    assert rivera.get(f"{CLASS}/lists/{made.pk}.pdf").status_code == 404
