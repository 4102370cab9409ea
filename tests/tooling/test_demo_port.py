"""Two demos that start at the same moment must not be promised the same port."""

from tooling import demo


def test_a_port_promised_to_one_demo_is_not_promised_to_another(monkeypatch):
    with demo._held_port() as first:
        monkeypatch.setenv("PORT", str(first.getsockname()[1]))
        with demo._held_port() as second:
            assert first.getsockname()[1] != second.getsockname()[1]


def test_the_port_that_was_asked_for_is_taken_when_it_is_free(monkeypatch):
    with demo._held_port() as held:
        free = held.getsockname()[1]
    monkeypatch.setenv("PORT", str(free))
    with demo._held_port() as again:
        assert again.getsockname()[1] == free
