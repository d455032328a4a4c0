"""/faq: the base at a glance, an entry changed by buttons and the next text."""

import pytest

from services.consultation.keeping import Edit
from services.ids import SchoolId
from storage.database import Database
from tests.conftest import FrozenClock
from tests.handlers.conversation import Conversation
from tests.handlers.faq_steps import ANSWER, COLLEAGUE, KEY, OWNER, TEACHER, Base, base_of

SCHOOL = SchoolId(1)
PAST = "Как поставить отметку за прошедшую дату?"
UNDO = "Отменить последнюю правку"


@pytest.fixture
async def base(talk: Conversation, database: Database) -> Base:
    return await base_of(talk, database)


async def test_the_base_is_seen_at_a_glance(base: Base) -> None:
    seen = await base.type("/faq")

    assert "Опубликован" in seen.text
    assert "Своих: 0 · изменённых: 0 · снято: 0" in seen.text
    assert "Вопросов без ответа нет" in seen.text
    assert list(seen.buttons) == [
        "Разделы", "Найти", "Новая статья", "Цифры", "В таблицу", "В YAML", "Из файла",
    ]  # fmt: skip


async def test_an_entry_is_reached_by_its_section_and_back(base: Base) -> None:
    await base.type("/faq")
    sections = await base.press("Разделы")
    assert any(name.startswith("Отметки · 2") for name in sections.buttons)
    first = await base.press("Отметки")
    second = await base.press("›")
    assert "страница 2 из" in second.text
    assert not set(first.buttons) & set(second.buttons) - {"›", "‹", "Назад"}
    card = await base.press(next(iter(second.buttons)))
    assert "Отметки · для сотрудников · из поставки" in card.text
    assert UNDO not in card.buttons
    assert (await base.press("К списку")).buttons == second.buttons
    assert "Опубликован" in (await base.press("Назад", "Назад")).text


async def test_a_new_entry_answers_at_once(base: Base) -> None:
    await base.type("/faq")
    await base.press("Новая статья")
    assert KEY in (await base.type(f"{KEY}?")).text
    card = await base.type(f"<b>Вахтёр</b> и <i>ключ</i>\n\n\n\n{ANSWER}")

    assert "своя" in card.text
    assert f"<b>Вахтёр</b> и <i>ключ</i>\n\n{ANSWER}" in card.text
    answered = await base.ask(KEY)
    assert ANSWER in answered.text
    assert "Своих: 1" in (await base.type("/faq")).text


async def test_question_and_answer_are_rewritten(base: Base) -> None:
    await base.open(PAST)
    prompt = await base.press("Вопрос")
    assert f"<code>{PAST}</code>" in prompt.text
    card = await base.type("Как поставить оценку  задним\nчислом?")
    assert "<b>Как поставить оценку задним числом?</b>" in card.text
    await base.press("Ответ")
    card = await base.type("Через <журнал> & завуча")
    assert "Через &lt;журнал&gt; &amp; завуча" in card.text
    assert "изменена в школе" in card.text
    assert "Имя1: ответ" in card.text
    assert "Через &lt;журнал&gt;" in (await base.ask("как поставить оценку задним числом")).text


async def test_the_last_change_is_undone_and_that_too(base: Base) -> None:
    await base.open(PAST)
    await base.press("Ответ")
    await base.type("Никак")
    card = await base.press(UNDO)
    assert "Никак" not in card.text
    assert "из поставки" in card.text
    assert "Никак" in (await base.press(UNDO)).text


async def test_a_new_entry_s_undo_withdraws_it(base: Base) -> None:
    await base.type("/faq")
    await base.press("Новая статья")
    await base.type(KEY)
    await base.type(ANSWER)
    card = await base.press(UNDO)
    assert "Снята" in card.text
    assert ANSWER not in (await base.ask(KEY)).text


async def test_a_withdrawn_entry_answers_nobody_until_it_is_published(base: Base) -> None:
    await base.open(PAST)
    card = await base.press("Снять")
    assert "Снята: ею никому не отвечаю" in card.text
    assert PAST not in (await base.ask(PAST)).text
    assert f"○ {PAST[:20]}" in str((await base.press("К списку")).buttons)
    await base.press("○")
    assert "Снята" not in (await base.press("Опубликовать")).text
    assert f"<b>{PAST}</b>" in (await base.ask(PAST)).text


async def test_readers_and_section_are_chosen(base: Base) -> None:
    await base.open(PAST)
    choice = await base.press("Кому")
    assert "✓ Сотрудникам школы" in choice.buttons
    card = await base.press("Только администрации")
    assert "для администрации" in card.text
    assert PAST not in (await base.ask(PAST)).text
    assert "✓ Отметки" in (await base.press("Раздел")).buttons
    assert "<i>Замены · " in (await base.press("Замены")).text
    same = await base.press("Раздел", "✓ Замены")
    assert "Версия 3" in same.text


async def test_aliases_come_and_go(base: Base) -> None:
    await base.open(PAST)
    await base.press("Синонимы")
    await base.press("Добавить синоним")
    shown = await base.type("вбить двойку вчерашним числом\n\nпоставить вчера")
    assert "✕ вбить двойку вчерашним числом" in shown.buttons
    assert "✕ поставить вчера" in shown.buttons
    assert f"<b>{PAST}</b>" in (await base.ask("вбить двойку вчерашним числом")).text
    shown = await base.press("✕ поставить вчера")
    assert "✕ поставить вчера" not in shown.buttons
    assert "✕ вбить двойку вчерашним числом" in shown.buttons


async def test_an_alias_button_of_an_older_list_is_refused(base: Base) -> None:
    await base.open(PAST)
    old = await base.press("Синонимы")
    alias = next(text for text in old.buttons if text.startswith("✕"))
    await base.press(alias)
    [said] = await base.talk.press(OWNER, old.buttons[alias])
    assert "тем временем изменили" in said.text


async def test_history_tells_who_and_when_and_brings_a_version_back(
    base: Base, clock: FrozenClock
) -> None:
    await base.open(PAST)
    await base.press("Ответ")
    await base.type("Первый ответ")
    clock.move(hours=1)
    await base.press("Вопрос")
    await base.type("Другой вопрос про отметки?")
    told = await base.press("История")
    assert "№ 3 · 20.11 17:00 · Имя1 · вопрос" in told.text
    assert "№ 2 · 20.11 16:00 · Имя1 · ответ" in told.text
    assert "№ 1 · 20.11 16:00 · программа · первая версия" in told.text
    version = await base.press("№ 1")
    assert f"<b>{PAST}</b>" in version.text
    card = await base.press("Вернуть эту версию")
    assert "Версия 4" in card.text
    assert "из поставки" in card.text


@pytest.mark.parametrize(
    ("step", "text", "refusal"),
    [
        ("Вопрос", "🙂🙂", "Не вижу здесь слов"),
        ("Вопрос", "ок", "хотя бы одно слово из трёх букв"),
        ("Вопрос", "слово " * 50, "Получилось знаков: 299, а помещается 200"),
        ("Ответ", "…", "Не вижу здесь слов"),
        ("Ответ", "а" * 2001, "Получилось знаков: 2001, а помещается 2000"),
    ],
)
async def test_an_unfit_text_is_refused_in_a_sentence_and_asked_for_again(
    base: Base, step: str, text: str, refusal: str
) -> None:
    await base.open(PAST)
    await base.press(step)
    assert refusal in (await base.type(text)).text
    assert "Сохранено" in (await base.type("Годный текст про отметки")).text


@pytest.mark.parametrize("text", ["🙂", "ок", PAST])
async def test_an_unfit_alias_is_refused(base: Base, text: str) -> None:
    await base.open(PAST)
    await base.press("Синонимы", "Добавить синоним")
    refused = await base.type(text)
    assert not refused.buttons
    assert "синоним" in str((await base.type("новые слова об отметках")).buttons).lower()


async def test_an_entry_has_room_for_sixty_aliases(base: Base) -> None:
    await base.open(PAST)
    await base.press("Синонимы", "Добавить синоним")
    refused = await base.type("\n".join(f"вопрос номер {number}" for number in range(60)))
    assert "помещается 60 синонимов" in refused.text


@pytest.mark.parametrize("step", ["Вопрос", "Ответ"])
async def test_a_step_is_left_by_its_button(base: Base, step: str) -> None:
    await base.open(PAST)
    await base.press(step)
    await base.press("Отмена")
    assert "Сохранено" not in (await base.type("Как войти в журнал?")).text


async def test_a_step_is_left_by_a_command(base: Base) -> None:
    await base.type("/faq")
    await base.press("Новая статья")
    await base.type("/help")
    assert "Теперь напишите ответ" not in (await base.type("Как войти в журнал?")).text


async def test_what_nothing_is_like_is_said(base: Base) -> None:
    await base.type("/faq")
    await base.press("Найти")
    assert "Похожего нет" in (await base.type("🙂")).text


@pytest.mark.parametrize(
    "data",
    ["fe:s:nosuch", "fe:z:nosuch", "fe:w:nosuch", "fl:nosuch:1", "fm:public-access:nosuch",
     "fv:nosuch:1:1", "fv:public-access:77:0", "fa:nosuch:staff", "fd:nosuch:0:1"],
)  # fmt: skip
async def test_a_made_up_button_is_refused(base: Base, data: str) -> None:
    await base.type("/faq")
    [said] = await base.talk.press(OWNER, data)
    assert said.text in {
        "Этой статьи больше нет.", "Прежней версии нет, возвращаться некуда.",
    }  # fmt: skip


async def test_a_shipped_entry_has_nothing_to_undo(base: Base) -> None:
    await base.type("/faq")
    [said] = await base.talk.press(OWNER, "fe:z:public-access")
    assert said.text == "Прежней версии нет, возвращаться некуда."


async def test_who_left_the_school_stays_in_the_history_without_a_name(
    base: Base, database: Database, clock: FrozenClock
) -> None:
    await base.open(PAST)
    await base.press("Ответ")
    await base.type("Никак")
    async with database.unit_of_work() as work:
        people = await work.people.list(SCHOOL, clock.now())
        await work.knowledge.save(
            SCHOOL,
            (await work.knowledge.kept(SCHOOL))[0].entry,
            Edit(by=people[1].id, at=clock.now()),
        )
        first = (await work.knowledge.kept(SCHOOL))[0].entry
        await work.people.revoke(SCHOOL, people[1].id, clock.now())
    [card] = await base.talk.press(OWNER, f"fe:s:{first.id}")
    assert "бывший коллега" in card.text


async def test_an_own_entry_is_answered_instead_of_a_shipped_one_like_it(base: Base) -> None:
    await base.type("/faq")
    await base.press("Новая статья")
    await base.type(PAST)
    await base.type("Только через завуча.")
    assert "Только через завуча" in (await base.ask(PAST)).text


async def test_only_the_administrator_edits(base: Base) -> None:
    for user in (TEACHER, COLLEAGUE):
        [said] = await base.talk.tell(user, "/faq")
        assert "недоступно" in said.text
