"""/rules: passports seen, tried on the last month, changed, told back."""

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile

from services.access import Role
from services.completeness.rules import catalogue
from services.ids import SchoolId
from services.people import Newcomer, UserId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation, Said, Staff
from tests.handlers.loading import Loading

OWNER, DIRECTOR = 1, 2


@pytest.fixture
async def school(full: Database, clock: FrozenClock, staff: Staff) -> Conversation:
    talk = Conversation(full, clock, staff)
    await talk.set_up(OWNER)
    async with full.unit_of_work() as work:
        person = await work.people.admit(
            Newcomer(user=UserId(DIRECTOR), name="Директор"),
            school=SchoolId(1),
            staff=None,
            at=clock.now(),
        )
        await work.people.give(person, Role.DIRECTOR, given_by=None, at=clock.now())
    return talk


async def opened(talk: Conversation, code: str, user: int = OWNER) -> Said:
    [card] = await talk.press(user, f"rr:s:{code}")
    return card


async def findings(talk: Conversation, code: str) -> int:
    async with talk.database.reading() as work:
        return (await work.findings.open_by_rule(SchoolId(1))).get(code, 0)


async def applied(talk: Conversation, trial: Said, label: str = "Применить ко всему году") -> Said:
    [card] = await talk.press(OWNER, trial.buttons[label])
    return card


async def test_every_rule_is_reached_and_every_page_leads_back(school: Conversation) -> None:
    [root] = await school.tell(OWNER, "/rules")
    assert f"из {len(catalogue())}" in root.text
    codes: list[str] = []
    families = [data for label, data in root.buttons.items() if " · " in label]
    for data in families:
        [family] = await school.press(OWNER, data)
        while True:
            codes += [label.split()[1] for label in family.buttons if label[0] in "✓✕"]
            if "›" not in family.buttons:
                break
            [family] = await school.press(OWNER, family.buttons["›"])
        [back] = await school.press(OWNER, family.buttons["Назад"])
        assert back.text == root.text
    assert codes == list(catalogue())


async def test_a_card_says_thresholds_ground_and_open_findings(school: Conversation) -> None:
    card = await opened(school, "N1")
    assert "N1 Мало отметок у ученика" in card.text
    assert "включено · важность: важно" in card.text
    for bounds in catalogue()["N1"].thresholds.values():
        assert f"{bounds.about}: {bounds.value}" in card.text.replace("<b>", "").replace("</b>", "")
    assert "Пункт положения школы пока не указан." in card.text
    assert f"Сейчас открыто {await findings(school, 'N1')} " in card.text
    assert "Исходная настройка" in card.text


async def test_switching_off_is_tried_first_and_closes_the_findings(school: Conversation) -> None:
    before = await findings(school, "P2")
    others = await findings(school, "P3")
    card = await opened(school, "P2")
    [trial] = await school.press(OWNER, card.buttons["Выключить"])
    assert "включено → выключено" in trial.text
    assert "<b>0 замечаний</b> вместо" in trial.text
    assert await findings(school, "P2") == before > 0

    done = await applied(school, trial)
    assert "Готово" in done.text
    assert "выключено" in done.text
    assert "Версия 1 от 20.11" in done.text
    assert await findings(school, "P2") == 0
    assert await findings(school, "P3") == others

    [again] = await school.press(OWNER, done.buttons["Включить"])
    await applied(school, again)
    assert await findings(school, "P2") == before


async def test_leaving_it_changes_nothing(school: Conversation) -> None:
    card = await opened(school, "P2")
    [trial] = await school.press(OWNER, card.buttons["Выключить"])
    [back] = await school.press(OWNER, trial.buttons["Оставить как было"])
    assert back.text == card.text


async def test_a_threshold_is_typed_tried_and_applied(school: Conversation) -> None:
    before = await findings(school, "P2")
    about = catalogue()["P2"].thresholds["shortest"].about
    card = await opened(school, "P2")
    [asked] = await school.press(OWNER, card.buttons[about])
    assert "от 1 до 20" in asked.text
    for wrong in ("много", "0", "21", "-5", "5.5", "9" * 40):
        [refused] = await school.tell(OWNER, wrong)
        assert "целое число от 1 до 20" in refused.text
    [trial] = await school.tell(OWNER, "20")
    assert f"{about}: 3 → <b>20</b>" in trial.text
    done = await applied(school, trial)
    assert f"{about}: <b>20</b>" in done.text
    assert await findings(school, "P2") > before


async def test_from_today_leaves_the_days_before_as_they_were(school: Conversation) -> None:
    before = await findings(school, "P2")
    card = await opened(school, "P2")
    [trial] = await school.press(OWNER, card.buttons["Выключить"])
    done = await applied(school, trial, "Применить с сегодняшнего дня")
    assert "действует с 20.11" in done.text
    assert await findings(school, "P2") == before > 0


async def test_the_clause_is_printed_under_a_finding(school: Conversation) -> None:
    card = await opened(school, "P2")
    await school.press(OWNER, card.buttons["Пункт положения"])
    [done] = await school.tell(OWNER, "  п. 3.4   Положения, приказ № 12 ")
    assert "Основание: п. 3.4 Положения, приказ № 12" in done.text
    async with school.database.reading() as work:
        living = await work.findings.living(SchoolId(1))
    assert {one.passport_version for one in living if one.rule == "P2"} == {1}

    [asked] = await school.press(OWNER, done.buttons["Пункт положения"])
    [none] = await school.press(OWNER, asked.buttons["Убрать пункт"])
    assert "пока не указан" in none.text


async def test_a_clause_longer_than_a_name_is_refused(school: Conversation) -> None:
    card = await opened(school, "P2")
    await school.press(OWNER, card.buttons["Пункт положения"])
    [refused] = await school.tell(OWNER, "п" * 201)
    assert "Не длиннее 200 знаков" in refused.text
    assert "пока не указан" in (await opened(school, "P2")).text


async def test_history_leads_back_to_an_earlier_version(school: Conversation) -> None:
    card = await opened(school, "P2")
    [weights] = await school.press(OWNER, card.buttons["Важность"])
    [trial] = await school.press(OWNER, weights.buttons["мелочь"])
    assert "важность: важно → мелочь" in trial.text
    changed = await applied(school, trial)
    [history] = await school.press(OWNER, changed.buttons["История"])
    assert "Имя1" in history.text
    assert "Исходная настройка" in history.text
    [back] = await school.press(OWNER, history.buttons["Исходная настройка"])
    restored = await applied(school, back)
    assert "важность: важно" in restored.text
    assert "Версия 2" in restored.text


async def test_two_at_once_the_second_is_told(school: Conversation) -> None:
    card = await opened(school, "P2")
    [trial] = await school.press(OWNER, card.buttons["Выключить"])
    theirs = await opened(school, "P2", DIRECTOR)
    [other] = await school.press(DIRECTOR, theirs.buttons["Выключить"])
    await school.press(DIRECTOR, other.buttons["Применить ко всему году"])
    [told] = await school.press(OWNER, trial.buttons["Применить ко всему году"])
    assert "уже изменили" in told.text
    assert "Версия 1" in (await opened(school, "P2")).text


async def test_a_foreign_rule_and_a_foreign_threshold_are_refused(school: Conversation) -> None:
    for data in ("rr:s:Z9", "rl:Z:1", "rt:P2:9", "rv:P2:t:9:5:0:0:0", "rv:T2:t:0:99:0:1:0"):
        [told] = await school.press(OWNER, data)
        assert "правила нет" in told.text or "целое число" in told.text
    assert "Исходная настройка" in (await opened(school, "T2")).text


async def test_undoing_an_import_keeps_what_was_set_since(school: Conversation) -> None:
    card = await opened(school, "P2")
    [trial] = await school.press(OWNER, card.buttons["Выключить"])
    await applied(school, trial)
    await school.provided["passports"].completeness.after_undo(SchoolId(1))
    assert await findings(school, "P2") == 0


async def test_without_data_a_change_is_made_without_a_trial(talk: Conversation) -> None:
    await talk.set_up(OWNER)
    [card] = await talk.press(OWNER, "rr:s:P2")
    assert "Сейчас открыто 0 замечаний" in card.text
    [trial] = await talk.press(OWNER, card.buttons["Выключить"])
    assert "Данных журнала пока нет" in trial.text
    [done] = await talk.press(OWNER, trial.buttons["Применить ко всему году"])
    assert "выключено" in done.text


async def test_passports_go_into_a_file_and_out_of_it(loading: Loading) -> None:
    talk = loading.talk
    await talk.press(OWNER, "rx:e")
    content = sent_file(talk)
    assert "# Нет темы\nP2:\n  enabled: true" in content

    changed = content.replace("P2:\n  enabled: true", "P2:\n  enabled: false", 1)
    await talk.press(OWNER, "rx:a")
    [same] = await loading.lay(content.encode(), "Правила.yaml")
    assert "ничего не меняет" in same.text
    [shown] = await loading.lay(changed.encode(), "Правила.yaml")
    assert "Файл меняет 1 правило" in shown.text
    assert "P2 Нет темы" in shown.text
    assert "включено ·" in (await opened(talk, "P2")).text

    await talk.press(OWNER, "rx:a")
    [shown] = await loading.lay(changed.encode(), "Правила.yaml")
    [done] = await talk.press(OWNER, shown.buttons["Применить"])
    assert "настроено 1 правило" in done.text
    card = await opened(talk, "P2")
    assert "выключено ·" in card.text
    assert "Версия 1" in card.text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("вопрос;ответ", "не файл правил"),
        ("P2: {enabled: может быть}", "«P2 enabled»"),
        ("P2: {severity: ужасно}", "«P2 severity»"),
        ("T2: {thresholds: {control_days: 99}}", "«T2 control_days»"),
        ("T2: {thresholds: [1]}", "«T2 thresholds»"),
        ("P2: {clause: [1, 2]}", "«P2»"),
        (f"P2: {{clause: {'п' * 201}}}", "«P2 clause»"),
        ("Z9: {enabled: true}", "не файл правил"),
        ("a: &x 1\nb: *x", "не файл правил"),
        ("[" * 3000, "не файл правил"),
        ("\x00", "не файл правил"),
    ],
)
async def test_an_unfit_file_is_refused_in_a_sentence(
    loading: Loading, content: str, words: str
) -> None:
    await loading.talk.press(OWNER, "rx:a")
    [refused] = await loading.lay(content.encode(), "Правила.yaml")
    assert words in refused.text
    assert "Ничего не изменено" in refused.text


async def test_a_file_may_name_a_part(loading: Loading) -> None:
    await loading.talk.press(OWNER, "rx:a")
    content = "T2: {enabled: нет, clause: null, severity: minor, thresholds: {test_days: 4}}"
    [shown] = await loading.lay(content.encode(), "Правила.yaml")
    await loading.talk.press(OWNER, shown.buttons["Применить"])
    card = await opened(loading.talk, "T2")
    assert "выключено · важность: мелочь" in card.text
    assert "Учебных дней на тест: <b>4</b>" in card.text


async def test_the_button_of_a_forgotten_file_changes_nothing(talk: Conversation) -> None:
    await talk.set_up(OWNER)
    [told] = await talk.press(OWNER, "rx:y")
    assert "не файл правил" in told.text


def sent_file(talk: Conversation) -> str:
    [call] = [one for one in talk.bot.requests.all if isinstance(one, SendDocument)]
    assert isinstance(call.document, BufferedInputFile)
    return call.document.data.decode()
