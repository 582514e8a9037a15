"""When a service is left alone, and when it is tried again."""

from sessions_app.tutor.breaker import CircuitBreaker


class Clock:
    """A clock that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_failures_far_apart_do_not_open_it() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock=clock)
    for _ in range(10):
        breaker.failed()
        breaker.succeeded()
        clock.now += 31
        assert not breaker.is_open


def test_few_failures_among_many_calls_do_not_open_it() -> None:
    breaker = CircuitBreaker(clock=Clock())
    for _ in range(20):
        breaker.failed()
        for _ in range(3):
            breaker.succeeded()
        assert breaker.allows()


def test_a_call_begun_earlier_that_fails_late_does_not_end_a_pause_sooner() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock=clock)
    for _ in range(3):
        breaker.failed()
    clock.now += 20
    breaker.failed()
    clock.now += 20
    assert not breaker.allows()
    clock.now += 11
    assert [breaker.allows(), breaker.allows()] == [True, False]


def test_old_failures_are_forgotten_once_it_works_again() -> None:
    clock = Clock()
    breaker = CircuitBreaker(clock=clock)
    for _ in range(3):
        breaker.failed()
    clock.now += 31
    assert breaker.allows()
    breaker.succeeded()
    breaker.failed()
    breaker.failed()
    assert breaker.allows(), "two of three calls since"
