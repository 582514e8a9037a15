"""Badges, sign-ins and locks are ended by actions."""

from __future__ import annotations

from django.test import Client

from readerai.accounts.login.badges import issue_badges
from readerai.accounts.login.sign_ins import issue_token
from readerai.accounts.models import Badge, SignIn, Student, Throttle


def test_badges_locks_and_sign_ins_are_ended_by_action(admin: Client, alice: Student) -> None:
    issue_badges([alice])
    issue_token(alice.user)
    throttle = Throttle.objects.create(
        key="k", failures=5, window_started_at=alice.user.date_joined
    )
    for name, action, pk in (
        ("badge", "revoke", Badge.objects.get().pk),
        ("signin", "end", SignIn.objects.get(user=alice.user).pk),
        ("throttle", "forgive", throttle.pk),
    ):
        form = {"action": action, "_selected_action": [pk]}
        assert admin.post(f"/admin/accounts/{name}/", form).status_code == 302
    assert not Badge.objects.filter(revoked_at=None).exists()
    assert not SignIn.objects.filter(user=alice.user, ended_at=None).exists()
    assert not Throttle.objects.exists()
