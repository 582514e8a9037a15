"""Pages of signing in, and of looking after people's ways in."""

from django.urls import URLPattern, path

from .views import badge, class_door, groups, sign_in, ways_in

urlpatterns: list[URLPattern] = [
    path("", sign_in.home, name="home"),
    path("login", sign_in.login, name="login"),
    path("logout", sign_in.logout, name="logout"),
    path("login/class", class_door.class_door, name="class-door"),
    path("login/class/leave", class_door.leave_door, name="class-door-leave"),
    path("login/class/me", class_door.choose, name="class-door-child"),
    path("login/pictures", class_door.pictures, name="class-door-pictures"),
    path("badge", badge.badge, name="badge"),
    path("teachers/classes/<slug:slug>/ways-in", ways_in.ways_in, name="class-ways-in"),
    path("teachers/classes/<slug:slug>/cards", ways_in.cards, name="class-cards"),
    path("teachers/classes/<slug:slug>/cards/new", ways_in.new_badges, name="class-new-badges"),
    path(
        "teachers/classes/<slug:slug>/pictures/<slug:student_id>",
        ways_in.picture_password,
        name="class-child-pictures",
    ),
    path("teachers/classes/<slug:slug>/groups", groups.groups, name="class-groups"),
    path("teachers/classes/<slug:slug>/groups/<int:group_id>", groups.group, name="class-group"),
]
