// The right pane: one chat, its messages, who is busy in it.

import { bubble } from "./bubble.js";
import { botFace, day, find, make } from "./dom.js";
import { faceOf, titleOf } from "./side.js";
import { current, state } from "./state.js";

const ACTIONS = {
  typing: "печатает…", upload_document: "готовит файл…", upload_photo: "рисует картинку…",
};
const NEAR = 160;

export const actionOf = (name) => ACTIONS[name] ?? "занят…";

export function drawRoom() {
  const chat = current();
  if (!chat) return;
  find("title").textContent = titleOf(state, chat);
  find("face").replaceChildren(faceOf(chat));
  find("invite").hidden = chat.private || chat.with_bot;
  find("begin").hidden = chat.started;
  find("composer").hidden = !chat.started;
  const pinned = chat.messages.get(chat.pinned);
  find("pinned").hidden = !pinned;
  find("pinned").querySelector("span").textContent = pinned?.plain || "Закреплённое сообщение";
  drawAbout();
}

export function drawAbout() {
  const typing = state.typing.get(state.chat);
  const active = typing && typing.until > Date.now();
  const me = state.personas.get(state.persona);
  find("about").textContent = active ? typing.words : `вы: ${me.name}, ${me.role}`;
  find("about").classList.toggle("active", Boolean(active));
}

function scene(message, deeds) {
  const mine = message.author.id === state.persona;
  return { zone: state.zone, deeds, mine, named: !mine && !current().private };
}

export const nodeOf = (number) => find("log").querySelector(`[data-number="${number}"]`);

export function drawLog(deeds) {
  const log = find("log");
  log.replaceChildren();
  log.dataset.day = "";
  const messages = [...current()?.messages.values() ?? []];
  if (!messages.length) log.append(welcome());
  for (const message of messages) place(message, deeds);
  log.scrollTop = log.scrollHeight;
}

function place(message, deeds) {
  const log = find("log");
  const today = day(message.date, state.zone);
  if (log.dataset.day !== today) log.append(make("div", "service date", make("span", "", today)));
  log.dataset.day = today;
  const node = bubble(message, scene(message, deeds));
  node.classList.toggle("next", log.lastElementChild?.dataset.author === node.dataset.author);
  log.append(node);
  return node;
}

const isNear = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;

function welcome() {
  const chat = current();
  const words = chat?.private ? state.bot.description || "Нажмите «Начать»: бот расскажет, что умеет." : "Здесь пока тихо.";
  return make("div", "welcome", chat?.private ? botFace() : null,
    make("b", "", chat ? titleOf(state, chat) : ""), make("span", "", words));
}

export function append(message, deeds) {
  const log = find("log");
  log.querySelector(".welcome")?.remove();
  const near = isNear(log);
  const node = place(message, deeds);
  node.classList.add("fresh");
  if (near || message.author.id === state.persona) log.scrollTop = log.scrollHeight;
  drawAbout();
}

export function redraw(message, deeds) {
  const old = nodeOf(message.number);
  if (!old) return;
  const log = find("log");
  const near = isNear(log);
  const position = [...old.querySelectorAll("button")].indexOf(document.activeElement);
  const node = bubble(message, scene(message, deeds));
  node.classList.toggle("next", old.classList.contains("next"));
  old.replaceWith(node);
  if (position >= 0) [...node.querySelectorAll("button")][position]?.focus({ preventScroll: true });
  if (near) log.scrollTop = log.scrollHeight;
}

export function paint(ref) {
  const [chat, number, ...data] = ref.split(":");
  if (Number(chat) !== state.chat) return;
  for (const node of nodeOf(number)?.querySelectorAll(".key") ?? []) {
    if (node.dataset.data !== data.join(":")) continue;
    node.classList.toggle("busy", state.busy.has(ref));
    node.setAttribute("aria-busy", String(state.busy.has(ref)));
  }
}
