"""“Import a roster”: what the command ``import_roster`` does, for staff, in two steps.

The first step shows what would change, the second makes just that. **Nothing of an upload waits
between them**: the file is sent again, and with it a seal of what was shown. A file of children's
names that waited would need a place that several servers share, a key, an owner and somebody who
clears it away when the second step never comes; asking for a file that is on the person's own disk
anyway costs them one click. The seal is a keyed hash of the file, of every change that was shown
and of whom it was shown to, so it says nothing about anybody, and another file, another plan
(somebody changed something in between) or another person's is refused.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from ..managing import may_import_rosters
from ..models import School, User
from ..noting import note_roster
from ..rosters.changes import write_changes
from ..rosters.importing import ChangedMeanwhileError, Import, TooManyLeaveError
from ..rosters.types import Problem, RosterError
from .roster_forms import AgreedForm, RosterForm
from .roster_tables import groups_of

if TYPE_CHECKING:
    SchoolAdmins = admin.ModelAdmin[School]
else:
    SchoolAdmins = admin.ModelAdmin

_MOST_FAULTS: Final = 200


class NotAsShownError(Exception):
    """Nothing was changed: what would change is no longer what was shown."""


class RosterPage(SchoolAdmins):
    """The schools' admin with the page beside it."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="accounts_school_import"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        rights = {"may_import_rosters": may_import_rosters(request.user)}
        return super().changelist_view(request, rights | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        rights = {"may_import_rosters": may_import_rosters(request.user)}
        return super().change_view(request, object_id, form_url, rights | (extra_context or {}))

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not may_import_rosters(request.user):
            raise PermissionDenied
        if request.method != "POST":
            form = RosterForm(initial={"school": request.GET.get("school", "")})
            return self._page(request, form)
        agreed = "make" in request.POST
        form = (AgreedForm if agreed else RosterForm)(request.POST, request.FILES)
        if not form.is_valid():
            again = RosterForm(request.POST, request.FILES)
            return self._page(request, again)
        try:
            return self._carry_out(request, form) if agreed else self._look(request, form)
        except RosterError as error:
            return self._page(request, RosterForm(), problems=error.problems)
        except ChangedMeanwhileError:
            form.add_error(None, "Nothing was changed: somebody changed people at the same time.")
            return self._page(request, form)

    def _look(self, request: HttpRequest, form: RosterForm) -> HttpResponse:
        with form.planned() as found:
            if "list" in request.POST:
                return _as_csv(found)
            return self._show(request, form, found)

    def _carry_out(self, request: HttpRequest, form: RosterForm) -> HttpResponse:
        user = cast(User, request.user)
        try:
            with form.planned() as found:
                seal = _seal(user, form, found)
                if not constant_time_compare(seal, form.cleaned_data["shown"]):
                    raise NotAsShownError
                found.carry_out(many_leave=form.cleaned_data["many_leave"])
                what = ", ".join(f"{what}: {count:,}" for what, count in found.counts.items())
                note_roster(user, list(found.plan.schools.values()), f"Roster imported: {what}.")
        except NotAsShownError:
            refusal = (
                "Nothing was changed: this is not what you were shown. It is another file, or "
                "somebody changed something since. Here is what would change now."
            )
            return self._show(request, form, found, refusal)
        except TooManyLeaveError:
            refusal = (
                f"Nothing was changed: {len(found.plan.leaving_people):,} people are not in the "
                "file. If they have really left, tick the box that says so."
            )
            return self._show(request, form, found, refusal)
        self.message_user(request, f"The roster is imported: {what}.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_school_changelist"))

    def _show(
        self, request: HttpRequest, form: RosterForm, found: Import, refusal: str = ""
    ) -> HttpResponse:
        """What would change, with a way to have it made where there is anything."""
        if found.plan.changes_nothing:
            return self._page(request, RosterForm(), found=found, refusal=refusal)
        leaving = len(found.plan.leaving_people) if found.plan.too_many_leave else 0
        school = form.cleaned_data["school"]
        agree = AgreedForm(
            initial={
                "school": school.pk if school else "",
                "shown": _seal(cast(User, request.user), form, found),
            },
            leaving=leaving,
            staying=len(found.plan.people),
        )
        groups = groups_of(found.changes)
        return self._page(request, agree, found=found, groups=groups, refusal=refusal)

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
            "problems": problems[:_MOST_FAULTS],
            "problem_count": len(problems),
            "problems_left": max(0, len(problems) - _MOST_FAULTS),
        }
        return TemplateResponse(request, "admin/accounts/school/import.html", context)


def _seal(user: User, form: RosterForm, found: Import) -> str:
    shown = json.dumps([user.pk, form.digest(), found.changes])
    return salted_hmac("readerai.accounts.roster", shown, algorithm="sha256").hexdigest()


def _as_csv(found: Import) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="roster-changes.csv"'
    answer.write("\ufeff")
    write_changes(cast(Any, answer), found.changes)
    return answer
