"""Pages of signing in, and of managing a class's login methods and groups."""

from django.urls import URLPattern, path

from .pages import badge, class_login, groups, login_methods, passwords, sign_in

_CLASS = "teachers/classes/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path("", sign_in.home, name="home"),
    path("login", sign_in.login, name="login"),
    path("logout", sign_in.logout, name="logout"),
    path("login/class", class_login.class_login, name="class-login"),
    path("login/class/leave", class_login.class_login_leave, name="class-login-leave"),
    path("login/class/me", class_login.class_login_child, name="class-login-child"),
    path("login/pictures", class_login.class_login_pictures, name="class-login-pictures"),
    path("badge", badge.badge, name="badge"),
    path("password", passwords.own_password, name="password"),
    path("password/new", passwords.new_password, name="password-new"),
    path("password/forgotten", passwords.forgotten_password, name="password-forgotten"),
    path(f"{_CLASS}/login-methods", login_methods.login_methods, name="class-login-methods"),
    path(f"{_CLASS}/code", login_methods.new_code, name="class-new-code"),
    path(f"{_CLASS}/locks", login_methods.lift, name="class-lift-locks"),
    path(f"{_CLASS}/cards", login_methods.cards, name="class-cards"),
    path(f"{_CLASS}/cards/new", login_methods.new_badges, name="class-new-badges"),
    path(
        f"{_CLASS}/pictures/<slug:student_id>",
        login_methods.picture_password,
        name="class-child-pictures",
    ),
    path(f"{_CLASS}/groups", groups.groups, name="class-groups"),
    path(f"{_CLASS}/groups/<int:group_id>", groups.group, name="class-group"),
]
