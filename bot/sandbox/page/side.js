// The left pane: who the person is now, that persona's chats, where to begin.

import { badge, botFace, face, find, hour, make } from "./dom.js";

export const chatsOf = (state, persona) =>
  [...state.chats.values()].filter((chat) => chat.members.includes(persona));

const unreadOf = (state, persona) =>
  chatsOf(state, persona).reduce((sum, chat) => sum + (chat.unread[persona] ?? 0), 0);

export const titleOf = (state, chat) => (chat.private ? state.bot.name : chat.title);

export const faceOf = (chat) => (chat.private ? botFace() : face(chat.title, chat.id));

function person(state, one, choose) {
  const node = make(
    "button", "person",
    face(one.name, one.id),
    make("span", "names", make("b", "", one.name), make("small", "", one.role)),
    badge(unreadOf(state, one.id)),
  );
  node.dataset.persona = one.id;
  node.setAttribute("aria-pressed", String(one.id === state.persona));
  node.addEventListener("click", () => choose(one.id));
  return node;
}

function chatRow(state, chat, open) {
  const last = [...chat.messages.values()].pop();
  const mine = last && last.author.id === state.persona;
  const said = last ? last.plain || (last.photo ? "Картинка" : "") : "Пока пусто";
  const node = make(
    "button", "chat",
    faceOf(chat),
    make("span", "names", make("b", "", titleOf(state, chat)),
      make("small", "", mine ? "Вы: " : null, said)),
    make("span", "tail", last ? make("time", "", hour(last.date, state.zone)) : null,
      badge(chat.unread[state.persona])),
  );
  node.dataset.chat = chat.id;
  if (chat.id === state.chat) node.setAttribute("aria-current", "true");
  node.addEventListener("click", () => open(chat.id));
  return node;
}

export function drawSide(state, { choose, open }) {
  keepFocus(find("personas"), [...state.personas.values()].map((one) => person(state, one, choose)));
  const chats = chatsOf(state, state.persona).map((chat) => chatRow(state, chat, open));
  keepFocus(find("chats"), chats);
}

function keepFocus(list, rows) {
  const position = [...list.children].indexOf(document.activeElement);
  list.replaceChildren(...rows);
  if (position >= 0) rows[position]?.focus({ preventScroll: true });
}

export function drawHints(state, go) {
  const hints = find("hints");
  hints.hidden = state.hints.length === 0;
  hints.querySelector("ol").replaceChildren(...state.hints.map((hint) => {
    const step = make("li", "", make("span", "", hint.text));
    if (hint.persona !== null) {
      const name = state.personas.get(hint.persona)?.name ?? "";
      const button = make("button", "go", `Стать: ${name}`);
      button.addEventListener("click", () => go(hint.persona, hint.chat));
      step.append(" ", button);
    }
    return step;
  }));
}
