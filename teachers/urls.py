"""The addresses of teachers' pages. Everything about sessions is for looking; what is sent to the
desk or to a reading list is kept beside them."""

from django.urls import URLPattern, path

from .concerns import pages as concerns
from .exports import pages as exports
from .lists import pages as lists
from .live import pages as live
from .reports import pages as reports
from .reports.session import pages as session_report

_CLASS = "teachers/classes/<slug:class_id>"
_LIST = f"{_CLASS}/lists/<int:list_id>"
_STUDENT = "teachers/students/<slug:student_id>"
_SESSION = "teachers/sessions/<slug:session_id>"
_CONCERN = "teachers/concerns/<slug:concern_id>"
_FILE = "<slug:table>.<slug:form>"

urlpatterns: list[URLPattern] = [
    path("teachers/", live.my_classes, name="teacher-home"),
    path("teachers/concerns/", concerns.desk, name="teacher-concerns"),
    path("teachers/concerns/test-mail", concerns.test_mail, name="teacher-concerns-test-mail"),
    path(_CONCERN, concerns.concern, name="teacher-concern"),
    path(f"{_CONCERN}/seen", concerns.seen, name="teacher-concern-seen"),
    path(f"{_CONCERN}/dealt-with", concerns.dealt_with, name="teacher-concern-dealt-with"),
    path(_CLASS, live.live_class, name="teacher-class"),
    path(f"{_CLASS}/report", reports.class_over_time, name="teacher-class-report"),
    path(f"{_CLASS}/report/xapi.json", exports.class_statements, name="teacher-class-xapi"),
    path(f"{_CLASS}/report/{_FILE}", exports.class_table, name="teacher-class-table"),
    path(f"{_CLASS}/lists", lists.reading_lists, name="teacher-reading-lists"),
    path(f"{_CLASS}/lists/new", lists.new_list, name="teacher-reading-list-new"),
    path(_LIST, lists.reading_list, name="teacher-reading-list"),
    path(f"{_CLASS}/lists.<slug:form>", exports.lists_file, name="teacher-reading-lists-file"),
    path(f"{_LIST}.<slug:form>", exports.list_file, name="teacher-reading-list-file"),
    path(f"{_LIST}/edit", lists.edit_list, name="teacher-reading-list-edit"),
    path(f"{_LIST}/remove", lists.take_away_list, name="teacher-reading-list-remove"),
    path(_STUDENT, reports.student, name="teacher-student"),
    path(f"{_STUDENT}/week", reports.week, name="teacher-student-week"),
    path(f"{_STUDENT}/report/xapi.json", exports.student_statements, name="teacher-student-xapi"),
    path(f"{_STUDENT}/report/{_FILE}", exports.student_table, name="teacher-student-table"),
    path(_SESSION, session_report.session, name="teacher-session"),
    path(f"{_SESSION}/report/{_FILE}", exports.session_table, name="teacher-session-table"),
]
