"""A page's scripts are all fetched at once."""

from __future__ import annotations

from django.conf import settings

from sessions_app.templatetags.modules import modules_of, preload_modules

JS = settings.BASE_DIR / "static" / "js"
#: It is no module: it runs before the page is painted.
BEFORE_PAINT = "js/reader/before-paint.js"


def test_reader_preloads_every_script_of_its_own_and_each_once() -> None:
    reached = modules_of("js/reader/main.js")
    ours = {f"js/{path.relative_to(JS).as_posix()}" for path in (JS / "reader").rglob("*.js")}
    assert ours - set(reached) == {BEFORE_PAINT}
    assert len(reached) == len(set(reached))


def test_every_script_that_is_imported_is_there() -> None:
    for entry in JS.rglob("*.js"):
        for name in modules_of(entry.relative_to(JS.parent).as_posix()):
            assert (JS.parent / name).is_file(), f"{entry.name} imports {name}"


def test_preloads_name_what_the_page_is_given() -> None:
    assert 'href="/static/js/shared/socket' in preload_modules("js/teachers/class-wall.js")
