"""A simulated class, over the public protocol of a served demo."""

from __future__ import annotations

import pytest

from tests.services.process import ServiceFailed
from tests.services.server import Server


@pytest.mark.once
def test_simulated_class_reads_over_the_wire(live_site: Server) -> None:
    said = live_site.manage(
        "simulate_class", "--url", live_site.url, "--seconds", "6", "--children", "4"
    )
    assert said.startswith("4 children read: ")
    assert live_site.manage("shell", "--command", _COUNT).split()[-1] == "4"


_COUNT = "from sessions_app.models import Session; print(Session.objects.count())"


@pytest.mark.once
def test_simulated_class_without_a_server_says_so_in_a_line(live_site: Server) -> None:
    live_site.terminate()
    with pytest.raises(ServiceFailed, match="There is no ReaderAI at"):
        live_site.manage("simulate_class", "--url", live_site.url, "--seconds", "1")
