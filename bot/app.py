"""The composition root: everything is built here and nowhere else."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession

from bot.analyses import analysis_schedule, for_analyses
from bot.analysis_job import analysis_jobs
from bot.analysis_messages import AnalysisMessages
from bot.backups import NightlyBackup, backups_of
from bot.claim_messages import ClaimMessages
from bot.claims import checks_of
from bot.claims_job import ClaimChecks
from bot.collaborators import for_health, for_imports, for_people
from bot.consultation import for_consultation
from bot.consultation_job import ForgetQuestions
from bot.consultation_messages import ConsultationMessages
from bot.decision_messages import DecisionMessages
from bot.decisions import for_decisions
from bot.decisions_job import DecisionDays
from bot.digest_job import weekly_digest
from bot.digest_presenting import DigestPresenter
from bot.duties import DutyMessages, OverdueDuties, duty_reminders, for_duties
from bot.figures import for_figures
from bot.forecasts import ForecastMessages, TermAhead
from bot.health import HealthServer
from bot.health_messages import HealthMessages
from bot.helpdesk import receipts_of
from bot.helpdesk_job import ForgetTickets, ReceiptKeeper, TicketDeadlines
from bot.helpdesk_messages import HelpDeskMessages
from bot.importing import ImportDesk, ImportMessages
from bot.inbox_folder import InboxFolder
from bot.intake import Intake
from bot.journal import completeness_of
from bot.life import App
from bot.limits import Limits
from bot.middlewares import Recognition
from bot.notices import Notices, follow
from bot.outage_job import OutageEnds
from bot.outage_messages import OutageMessages
from bot.outages import outages_of
from bot.outbox import Sender
from bot.passports import for_passports
from bot.polling import Poller
from bot.postbox import Postbox
from bot.presenting import Presenters
from bot.reminding import for_reminding, reaching_of, reminders_of, showing_of
from bot.reminding_job import PrivateReminders, UnreachedTeachers
from bot.reminding_messages import RemindingMessages
from bot.render import Renderer
from bot.schedule import Job, Schedule
from bot.settings import Settings
from bot.throttle import Throttle
from bot.topic_messages import TopicMessages, topic_lost
from bot.upkeep import Upkeep
from bot.watch import Watchdog
from bot.webhook import Webhook, webhook_of
from bot.wire import bot_of
from handlers import routers
from services.clock import Clock, SystemClock
from services.contact import Contact
from storage.database import Database
from storage.fsm import StoredConversations
from storage.new_files import DirectoryOfNewFiles
from storage.staff import StoredStaff

if TYPE_CHECKING:
    from services.people import People

__all__ = ["App", "build", "collaborators_of", "dispatcher_of"]

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")


def build(settings: Settings, *, clock: Clock, session: BaseSession | None = None) -> App:
    """Everything wired, nothing started; ``session`` replaces the wire."""
    stop, doorbell, repeat = asyncio.Event(), asyncio.Event(), asyncio.Event()
    database = Database.open(settings.database_url, clock=clock)
    renderer, limits = Renderer(), Limits()
    bot = bot_of(settings, session)
    throttle = Throttle(limits, stop.set)
    bot.session.middleware(throttle)
    conversations, postbox = StoredConversations(database), Postbox(database)
    collaborators = collaborators_of(
        settings, database, renderer, arrived=doorbell.set, again=repeat.set
    )
    notices = Notices(database)
    intake = Intake(
        bot=bot,
        dispatcher=dispatcher_of(collaborators, renderer, postbox, conversations),
        database=database,
        stop=stop,
        aside=notices.given_up,
        interrupted=notices.interrupted,
        moved=follow,
    )
    return App(
        settings=settings,
        database=database,
        bot=bot,
        dispatcher=intake.dispatcher,
        setup=collaborators["setup"],
        intake=intake,
        source=source_of(settings, bot, intake, stop),
        sender=Sender(
            bot=bot,
            database=database,
            presenter=presenters_of(database, renderer, collaborators),
            limits=limits,
            stop=stop,
            moved=follow,
            closed=notices.closed,
            lost=topic_lost,
            ended=ReceiptKeeper(receipts_of(database, clock)),
        ),
        desk=ImportDesk(
            receiving=collaborators["receiving"],
            database=database,
            resume=completeness_of(database, clock).resume,
            stop=stop,
            doorbell=doorbell,
        ),
        inbox=InboxFolder(
            folder=DirectoryOfNewFiles(settings.data_dir / "inbox", clock),
            receiving=collaborators["receiving"],
            database=database,
            stop=stop,
        ),
        schedule=schedule_of(settings, database, collaborators),
        health=HealthServer(
            database=database, limits=limits, stop=stop, listen=settings.health_listen
        ),
        upkeep=Upkeep(
            database=database,
            conversations=conversations,
            intake=intake,
            repeat=repeat,
            stop=stop,
        ),
        throttle=throttle,
        postbox=postbox,
        stop=stop,
    )


def collaborators_of(
    settings: Settings,
    database: Database,
    renderer: Renderer,
    *,
    arrived: Callable[[], None],
    again: Callable[[], None],
) -> dict[str, Any]:
    """What handlers ask for by name; ``for_imports`` and ``for_health`` say what is called when."""
    clock = database.clock
    known = for_people(
        database, clock=clock, staff=StoredStaff(database), timezone=settings.timezone
    )
    people = known["people"]
    figures = for_figures(database, clock=clock, people=people, renderer=renderer)
    return {
        **known,
        **for_imports(
            database, clock=clock, people=people, data_dir=settings.data_dir, arrived=arrived
        ),
        **for_passports(database, clock=clock),
        **figures,
        **for_analyses(database, clock=clock, people=people, renderer=renderer),
        **for_decisions(
            database,
            clock=clock,
            staff=StoredStaff(database),
            digests=figures["digests"],
            renderer=renderer,
        ),
        **for_duties(database, clock=clock),
        **for_health(database, clock=clock, again=again),
        **for_consultation(database, clock=clock, renderer=renderer),
        **for_reminding(database, clock=clock),
    }


def source_of(
    settings: Settings, bot: Bot, intake: Intake, stop: asyncio.Event
) -> Poller | Webhook:
    """Where updates come from: asked for, unless an address to bring them to is set."""
    kinds = list(KINDS)
    # how long the messenger keeps messages is a matter of real time, whatever NOW says
    heard = Contact(unit_of_work=intake.database.aside, clock=SystemClock()).heard
    if settings.webhook_url is not None:
        return webhook_of(settings, bot=bot, keep=intake.keep, stop=stop, kinds=kinds, heard=heard)
    return Poller(bot=bot, keep=intake.keep, stop=stop, kinds=kinds, heard=heard)


def presenters_of(
    database: Database, renderer: Renderer, collaborators: dict[str, Any]
) -> Presenters:
    kinds = {
        **ImportMessages(renderer).kinds,
        **HealthMessages(renderer).kinds,
        **ConsultationMessages(
            collaborators["consultation"], collaborators["people"], renderer
        ).kinds,
        **DigestPresenter(collaborators["digests"], renderer).kinds(),
        **AnalysisMessages(collaborators["analyses"], renderer).kinds,
        **HelpDeskMessages(collaborators["queue"], collaborators["people"], renderer).kinds,
        **OutageMessages(database, collaborators["people"], renderer).kinds,
        **RemindingMessages(
            showing_of(database, renderer),
            collaborators["digests"],
            collaborators["people"],
            renderer,
        ).kinds,
        **ClaimMessages.of(collaborators, renderer).kinds,
        **ForecastMessages(
            database, collaborators["forecasts"], collaborators["people"], renderer
        ).kinds,
        **DecisionMessages(
            collaborators["decisions"].register, collaborators["people"], renderer
        ).kinds,
        **DutyMessages(
            duty_reminders(database, database.clock), collaborators["people"], renderer
        ).kinds,
        **TopicMessages(database, renderer).kinds,
    }
    return Presenters(database=database, renderer=renderer, kinds=kinds)


def schedule_of(settings: Settings, database: Database, collaborators: dict[str, Any]) -> Schedule:
    clock = database.clock
    digest = weekly_digest(database, clock, collaborators["digests"])
    jobs: list[Job] = [
        digest,
        NightlyBackup(backups_of(settings, database), ZoneInfo(settings.timezone)),
        ForgetQuestions(database),
        ForgetTickets(database),
        TicketDeadlines(database, receipts_of(database, clock)),
        OutageEnds(database, outages_of(database, clock)),
        PrivateReminders(reminders_of(database, clock)),
        UnreachedTeachers(reaching_of(database, clock)),
        ClaimChecks(database, checks_of(clock)),
        DecisionDays(database, collaborators["digests"]),
        OverdueDuties(duty_reminders(database, clock)),
        TermAhead(database, collaborators["forecasts"]),
        *analysis_jobs(analysis_schedule(database, collaborators["analyses"])),
        Watchdog(database, digest, backups=database.file is not None),
    ]
    return Schedule(database=database, clock=clock, jobs=jobs)


def dispatcher_of(
    collaborators: dict[str, object],
    renderer: Renderer,
    postbox: Postbox,
    conversations: StoredConversations,
) -> Dispatcher:
    dispatcher = Dispatcher(storage=conversations)
    dispatcher.workflow_data.update(collaborators)
    people = cast("People", collaborators["people"])
    dispatcher.update.outer_middleware(Recognition(people, renderer, postbox.unit_of_work))
    dispatcher.include_routers(*routers())
    return dispatcher
