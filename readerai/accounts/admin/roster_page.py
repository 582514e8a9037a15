"""“Import a roster”: what the command ``import_roster`` does, for staff, in two steps.

The first step shows what would change, the second makes just that. **Nothing of an upload waits
between them**: the file is sent again, and with it a seal of what was shown. A file of children's
names that waited would need a place that several servers share, a key, an owner and somebody who
deletes it when the second step never comes; asking for a file that is on the person's own disk
anyway costs them one click. The seal is a keyed hash of the file, of every change that was shown
and of whom it was shown to. It says nothing about anybody. Another file, another plan (somebody
changed something in between) and another person's seal are refused.
"""

from __future__ import annotations

import json
from typing import Any, Final, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from ..history import record_roster_import
from ..models import User
from ..permissions import may_import_rosters
from ..rosters.changes import write_changes
from ..rosters.importing import ChangedMeanwhileError, RosterImport, TooManyLeaveError
from ..rosters.types import Problem, RosterError
from .roster_forms import ConfirmForm, RosterForm
from .roster_tables import change_tables

_MOST_PROBLEMS: Final = 200


class NotAsShownError(Exception):
    """Nothing was changed: what would change is no longer what was shown."""


class RosterPage(admin.ModelAdmin):
    """The schools' admin with the page beside it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="accounts_school_import"), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not may_import_rosters(request.user):
            raise PermissionDenied
        if request.method != "POST":
            form = RosterForm(initial={"school": request.GET.get("school", "")})
            return self._page(request, form)
        confirmed = "make" in request.POST
        form = (ConfirmForm if confirmed else RosterForm)(request.POST, request.FILES)
        if not form.is_valid():
            again = RosterForm(request.POST, request.FILES)
            return self._page(request, again)
        try:
            return self._carry_out(request, form) if confirmed else self._preview(request, form)
        except RosterError as error:
            return self._page(request, RosterForm(), problems=error.problems)
        except ChangedMeanwhileError:
            form.add_error(None, "Nothing was changed: somebody changed people at the same time.")
            return self._page(request, form)

    def _preview(self, request: HttpRequest, form: RosterForm) -> HttpResponse:
        with form.planned() as roster_import:
            if "list" in request.POST:
                return _as_csv(roster_import)
            return self._show(request, form, roster_import)

    def _carry_out(self, request: HttpRequest, form: RosterForm) -> HttpResponse:
        user = cast(User, request.user)
        try:
            with form.planned() as roster_import:
                seal = _seal(user, form, roster_import)
                if not constant_time_compare(seal, form.cleaned_data["shown"]):
                    raise NotAsShownError
                alike = len(roster_import.plan.look_alikes)
                ticked = [int(number) for number in form.cleaned_data["same"]]
                roster_import.join(number for number in ticked if number < alike)
                roster_import.carry_out(many_leave=form.cleaned_data["many_leave"])
                what = ", ".join(
                    f"{what}: {count:,}" for what, count in roster_import.counts.items()
                )
                record_roster_import(
                    user, list(roster_import.plan.schools.values()), f"Roster imported: {what}."
                )
        except NotAsShownError:
            refusal = (
                "Nothing was changed: this is not what you were shown. It is another file, or "
                "somebody changed something since. Here is what would change now."
            )
            return self._show(request, form, roster_import, refusal)
        except TooManyLeaveError:
            refusal = (
                f"Nothing was changed: {len(roster_import.plan.leaving_people):,} people are not "
                "in the file. If they have really left, tick the box that says so."
            )
            return self._show(request, form, roster_import, refusal)
        self.message_user(request, f"The roster is imported: {what}.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_school_changelist"))

    def _show(
        self, request: HttpRequest, form: RosterForm, roster_import: RosterImport, refusal: str = ""
    ) -> HttpResponse:
        """What would change, with a way to have it made where there is anything."""
        if roster_import.plan.changes_nothing:
            return self._page(request, RosterForm(), roster_import=roster_import, refusal=refusal)
        leaving = len(roster_import.plan.leaving_people) if roster_import.plan.too_many_leave else 0
        school = form.cleaned_data["school"]
        confirm = ConfirmForm(
            initial={
                "school": school.pk if school else "",
                "shown": _seal(cast(User, request.user), form, roster_import),
            },
            leaving=leaving,
            staying=len(roster_import.plan.people),
        )
        tables = change_tables(roster_import.changes)
        return self._page(
            request, confirm, roster_import=roster_import, tables=tables, refusal=refusal
        )

    def _page(
        self,
        request: HttpRequest,
        form: RosterForm,
        *,
        problems: list[Problem] | None = None,
        **context: Any,
    ) -> HttpResponse:
        problems = problems or []
        context |= self.admin_site.each_context(request) | {
            "title": "Import a roster",
            "opts": self.opts,
            "form": form,
            "problems": problems[:_MOST_PROBLEMS],
            "problem_count": len(problems),
            "problems_left": max(0, len(problems) - _MOST_PROBLEMS),
        }
        return TemplateResponse(request, "admin/accounts/school/import.html", context)


def _seal(user: User, form: RosterForm, roster_import: RosterImport) -> str:
    shown = json.dumps([user.pk, form.digest(), roster_import.changes])
    return salted_hmac("readerai.accounts.roster", shown, algorithm="sha256").hexdigest()


def _as_csv(roster_import: RosterImport) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="roster-changes.csv"'
    answer.write("\ufeff")
    write_changes(cast(Any, answer), roster_import.changes)
    return answer
