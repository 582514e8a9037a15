"""Pages of signing in, and of looking after people's ways in."""

from django.urls import URLPattern, path

from .pages import badge, class_login, groups, login_methods, sign_in

urlpatterns: list[URLPattern] = [
    path("", sign_in.home, name="home"),
    path("login", sign_in.login, name="login"),
    path("logout", sign_in.logout, name="logout"),
    path("login/class", class_login.class_door, name="class-door"),
    path("login/class/leave", class_login.leave_door, name="class-door-leave"),
    path("login/class/me", class_login.choose, name="class-door-child"),
    path("login/pictures", class_login.pictures, name="class-door-pictures"),
    path("badge", badge.badge, name="badge"),
    path(
        "teachers/classes/<slug:slug>/login-methods",
        login_methods.login_methods,
        name="class-login-methods",
    ),
    path("teachers/classes/<slug:slug>/cards", login_methods.cards, name="class-cards"),
    path(
        "teachers/classes/<slug:slug>/cards/new", login_methods.new_badges, name="class-new-badges"
    ),
    path(
        "teachers/classes/<slug:slug>/pictures/<slug:student_id>",
        login_methods.picture_password,
        name="class-child-pictures",
    ),
    path("teachers/classes/<slug:slug>/groups", groups.groups, name="class-groups"),
    path("teachers/classes/<slug:slug>/groups/<int:group_id>", groups.group, name="class-group"),
]
