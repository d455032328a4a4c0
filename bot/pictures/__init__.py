"""Pictures of figures. Import this package only where a picture is drawn: it loads Pillow."""

from bot.pictures.heat_map import draw_heat_map
from bot.pictures.trend import draw_trend

__all__ = ["draw_heat_map", "draw_trend"]
