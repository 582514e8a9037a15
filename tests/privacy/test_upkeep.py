"""The worker keeps the schedule and writes the anchors by itself, says so, and can be watched."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.db.models import F
from django.test import Client
from pytest_django import Settings

from sessions_app.models import Session, SessionKey, Upkeep
from sessions_app.records.chain_anchors import own_folder
from sessions_app.records.upkeep import EVERY, do_what_is_due, tell_metrics


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.READERAI_DATA = tmp_path


@pytest.mark.django_db(transaction=True)
def test_what_is_due_is_done_once_and_said(session: Session) -> None:
    Session.objects.update(last_active_at=F("last_active_at") - dt.timedelta(days=5000))
    anchors, retention = do_what_is_due()
    assert anchors.startswith("anchors of all logs written to ")
    assert retention.startswith("retention kept to: 1 sessions erased, ")
    assert SessionKey.objects.get().wrapped is None
    assert len(list(own_folder().iterdir())) == 1
    assert do_what_is_due() == []
    Upkeep.objects.filter(work="anchors").update(done_at=F("done_at") - EVERY["anchors"])
    assert len(do_what_is_due()) == 1


@pytest.mark.django_db
def test_age_of_the_workers_work_is_in_the_metrics(client: Client) -> None:
    tell_metrics()
    assert _age(client, "retention") > 1e9
    do_what_is_due()
    tell_metrics()
    assert _age(client, "retention") < 60


def _age(client: Client, work: str) -> float:
    text = client.get("/metrics").content.decode()
    found = re.search(rf'^readerai_upkeep_age_seconds{{work="{work}"}} (\S+)$', text, re.MULTILINE)
    assert found
    return float(found[1])


def test_rules_and_board_ask_for_metrics_that_there_are() -> None:
    root = Path(__file__).resolve().parents[2] / "docs"
    told = set(
        re.findall(
            r"^\| `(readerai_\w+)` \|", (root / "reference/metrics.md").read_text(), re.MULTILINE
        )
    )
    for name in ("alerts.yml", "dashboard.json"):
        text = (root / "how-to/deploy" / name).read_text()
        asked = {found.removesuffix("_bucket") for found in re.findall(r"readerai_\w+", text)}
        assert asked
        assert asked <= told
