"""Where to begin in the demo, step by step."""

from bot.sandbox.cast import GROUP, Cast
from bot.sandbox.live import Hint
from bot.sandbox.papers import SLIP_NAME, WEEK_NAME
from bot.sandbox.prologue import PIN


def hints(cast: Cast, group: int) -> list[Hint]:
    administrator = cast.administrator.persona.id
    behind, stranger = cast.behind.persona, cast.stranger
    return [
        Hint(
            text=f"Нажмите скрепку и отправьте «{WEEK_NAME}». "
            "Посмотрите, что изменится, и нажмите «Применить».",
            persona=administrator,
        ),
        Hint(text="Напишите /status: вся школа в четырёх показателях.", persona=administrator),
        Hint(
            text="Напишите /my: учитель видит, где у него пусто и почему это замечание.",
            persona=behind.id,
        ),
        Hint(
            text="Переведите часы «К пятнице 16:00»: "
            f"сводка за неделю придёт в группу «{GROUP}». "
            "Откройте «По классам», затем нажмите «Принято».",
            persona=cast.director.persona.id,
            chat=group,
        ),
        Hint(
            text=f"Отправьте «{SLIP_NAME}»: бот спросит, кто это, а не станет гадать. "
            "Любую загрузку можно отменить.",
            persona=administrator,
        ),
        Hint(
            text=f"Пригласите учителя: /invite. Ссылку откройте как {stranger.name}. "
            f"Для ролей руководства нужен PIN, здесь он {PIN}.",
            persona=administrator,
        ),
        Hint(
            text="Напишите боту что угодно, пока вас не пригласили: посторонний ничего не узнает.",
            persona=stranger.id,
        ),
    ]
