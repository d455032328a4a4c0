"""The command line: ``python -m bot ...``."""

import typer

from bot import logs
from bot.cli import (
    analyse,
    ask,
    backup,
    check,
    demo,
    digest,
    generate,
    import_,
    migrate,
    restore,
    run,
)

program = typer.Typer(
    name="yozh",
    help="Ёж: помощник администратора электронного журнала.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@program.callback()
def start() -> None:
    """Logs are masked from the first line on, even before the settings are known."""
    logs.set_up("text", ())


program.command("run", help="Запустить бота.")(run.run)
program.command("demo", help="Показать всё на выдуманной школе, без токена.")(demo.demo)
program.command("check", help="Проверить настройки, базу и токен.")(check.check)
program.command("migrate", help="Привести базу к версии программы.")(migrate.migrate)
program.command("generate", help="Сочинить школу с известными дефектами.")(generate.generate)
program.command("import", help="Загрузить выгрузку журнала.")(import_.import_)
program.command("analyse", help="Проверить журнал по правилам.")(analyse.analyse)
program.command("digest", help="Показатели за неделю: сообщение, картинка, таблица.")(digest.digest)
program.command("backup", help="Сделать проверенную копию базы.")(backup.backup)
program.command("restore", help="Вернуть базу из копии.")(restore.restore)
program.command("ask", help="Найти ответ на вопрос своими словами.")(ask.ask)
