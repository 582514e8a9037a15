"""The colours of covers: few, warm, and with a title that reads well on its sky."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """``sky`` and ``low`` are the background from top to bottom, ``far`` to ``near`` the ground
    from the back to the front, ``light`` and ``pop`` what shines, ``ink`` the title."""

    sky: str
    low: str
    far: str
    mid: str
    near: str
    light: str
    pop: str
    ink: str
    dark: bool = False


DAY = (
    Palette("#fbe3c0", "#f7c59b", "#e79a6f", "#c9683f", "#8f3f27", "#fff6e3", "#2f6f73", "#4a2113"),
    Palette("#cfe8e4", "#f3ecd2", "#8fc0b1", "#4f9487", "#235c58", "#fffdf2", "#e8744f", "#143c3b"),
    Palette("#f9d7d3", "#fbeedd", "#e6a1a0", "#bf6275", "#7b3553", "#fffaf2", "#e9a13b", "#51203a"),
    Palette("#d9e6f6", "#f8efdc", "#9ab8dc", "#5680b5", "#2b4a7f", "#ffffff", "#f0a03c", "#1b2f57"),
    Palette("#e7edc8", "#fbf5dc", "#b5c97a", "#7a9c48", "#3f6330", "#fffdf0", "#d9573f", "#26401d"),
    Palette("#fbe9b4", "#fdf6e0", "#f0c75c", "#d99531", "#8a5516", "#fffbef", "#3d77a8", "#4d2f08"),
    Palette("#e6dbf2", "#fbeee6", "#b9a0d8", "#8263b0", "#4b3578", "#fffaf5", "#ef8a5d", "#33215a"),
    Palette("#f6dfc9", "#e9f0e4", "#9fc5b8", "#df8a5e", "#3f6b69", "#fff9ee", "#c8483c", "#213f40"),
)
NIGHT = (
    Palette(
        "#1c2a4f", "#4a5f93", "#3c5084", "#2a3a69", "#16213f", "#fff3cf", "#f5b95a", "#fff6dd", True
    ),
    Palette(
        "#2a1f47", "#79507f", "#5d3f74", "#41305c", "#221a38", "#ffeed2", "#f49a6b", "#fff1e0", True
    ),
    Palette(
        "#12363d", "#3f7f7d", "#2f6a6b", "#1f4f53", "#0f2f35", "#fdf6d8", "#f2c14e", "#f7f8e4", True
    ),
    Palette(
        "#31203a", "#a4566a", "#7b4360", "#56314e", "#2f1d33", "#fff0da", "#f7b267", "#fff3e6", True
    ),
)
