"""The auditor finds nothing where nothing was lost, and sees a loss where there is one."""

from __future__ import annotations

from tests.faults.harness.crowd import Crowd, until
from tests.faults.harness.site import Site


async def test_the_auditor_sees_every_kind_of_loss(site: Site, crowd: Crowd) -> None:
    server = site.fork()
    async with crowd.reading(site, [server], 4, pace=0.02) as readers:
        # Each has read, asked, been answered, and tried a checkpoint.
        await until(
            lambda: all(reader.journal.answers and reader.journal.results for reader in readers)
        )
    calm = site.audit(crowd.journals)
    assert calm.clean, calm
    assert calm.frames > 50
    first, second, third, fourth = (journal.session_id for journal in crowd.journals)

    # One acknowledged row less, each of another kind.
    site.sql(f"DELETE FROM sessions_app_checkpointattempt WHERE session_id = '{first}'")
    site.sql(f"DELETE FROM sessions_app_interruption WHERE session_id = '{second}'")
    site.sql(f"UPDATE sessions_app_session SET committed_ids = '1-5' WHERE id = '{third}'")
    site.sql(f"DELETE FROM sessions_app_event WHERE session_id = '{fourth}' AND seq = 2")
    for spoilt, journal in zip((first, second, third), crowd.journals, strict=False):
        assert any(spoilt in line for line in site.audit([journal]).lost)
    assert site.audit([crowd.journals[3]]).unsound

    # A question that counts twice, and reading time that does.
    journal = crowd.journals[3]
    journal.asked.clear()
    journal.wall_seconds = -1000.0
    assert len(site.audit([journal]).twice) >= 2


async def test_a_server_that_acknowledges_early_is_found_out(site: Site, crowd: Crowd) -> None:
    liar = site.fork("early")
    honest = site.fork()
    async with crowd.reading(site, [liar, honest], 3, pace=0.05, ask_every=0) as readers:
        await until(lambda: all(len(r.journal.acknowledged) > 20 for r in readers))
        liar.kill()
    assert site.audit(crowd.journals).lost
