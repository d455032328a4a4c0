"""Pictures of the digest. Import this package only where a picture is drawn: it loads Pillow."""

from bot.pictures.heat_map import draw_heat_map

__all__ = ["draw_heat_map"]
