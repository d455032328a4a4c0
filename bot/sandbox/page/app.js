// The sandbox: what comes over the line is drawn, what the person does goes back.

import { find, make, moment } from "./dom.js";
import { closePopup, offerCommands, offerFiles } from "./popup.js";
import { actionOf, append, drawAbout, drawLog, drawRoom, nodeOf, paint, redraw } from "./room.js";
import { drawHints, drawSide } from "./side.js";
import { current, state, wide } from "./state.js";
import { connect, upload } from "./wire.js";

const REFUSALS = {
  "text-length": "Сообщение пустое или слишком длинное",
  "bad-file": "Такой файл отправить нельзя: пустой, слишком большой или не картинка",
  "no-such-button": "Этой кнопки уже нет",
  "not-a-member": "Вас нет в этом чате",
  "nothing-to-reply-to": "Сообщения, на которое вы отвечаете, уже нет",
  "nothing-to-change": "Здесь нечего менять",
};
const PATIENCE = 20_000;
const TYPING = 5_000;

const wire = connect({ hear, lost: () => { find("offline").hidden = false; } });

// what comes

const heard = {
  state(event) {
    find("offline").hidden = true;
    state.personas = new Map(event.personas.map((one) => [one.id, one]));
    state.chats = new Map(event.chats.map((chat) => [chat.id, {
      ...chat, messages: new Map(chat.messages.map((one) => [one.number, one])),
    }]));
    Object.assign(state, { bot: event.bot, files: event.files, hints: event.hints, zone: event.zone });
    setClock(event.now);
    release();
    const [persona, chat] = location.hash.slice(1).split("/").map(Number);
    state.persona = state.personas.has(persona) ? persona : event.personas[0]?.id ?? null;
    state.chat = state.chats.get(chat)?.members.includes(state.persona) ? chat : state.persona;
    drawHints(state, become);
    drawAll();
  },
  message({ chat, message }) {
    const place = keep(chat);
    place.messages.set(message.number, message);
    if (message.author.bot) state.typing.delete(chat.id);
    if (chat.id === state.chat) {
      append(message, deeds);
      markRead();
      if (message.author.id !== state.persona) speak(message);
    }
  },
  edited({ chat, message }) {
    keep(chat).messages.set(message.number, message);
    if (chat.id === state.chat) redraw(message, deeds);
  },
  deleted({ chat, number }) {
    keep(chat).messages.delete(number);
    if (chat.id === state.chat) drawLog(deeds);
  },
  chat({ chat }) { keep(chat); if (chat.id === state.chat) drawRoom(); },
  unread({ chat }) { keep(chat); },
  typing({ chat, action }) {
    state.typing.set(chat.id, { words: actionOf(action), until: Date.now() + TYPING });
    drawAbout();
    setTimeout(drawAbout, TYPING + 50);
  },
  pressed({ query, ref }) { state.presses.set(query, ref); },
  answered({ query, persona, text, alert }) {
    if (!state.presses.has(query)) return;
    free(state.presses.get(query));
    state.presses.delete(query);
    if (!text || persona !== state.persona) return;
    if (alert) { find("alert-text").textContent = text; find("alert").showModal(); } else toast(text);
  },
  reaction({ chat, number, faces }) {
    const message = keep(chat).messages.get(number);
    if (!message) return;
    message.faces = faces;
    if (chat.id === state.chat) redraw(message, deeds);
  },
  menus({ chats }) { chats.forEach(keep); },
  clock({ now }) { setClock(now); release(); },
  refused({ key, ref }) { free(ref); release(); toast(REFUSALS[key] ?? "Так сделать нельзя"); },
};

function hear(event) {
  heard[event.event]?.(event);
  if (event.event !== "state") drawSide(state, { choose: become, open: openChat });
}

function keep(chat) {
  const known = state.chats.get(chat.id);
  const kept = { ...known, ...chat, messages: known?.messages ?? new Map() };
  state.chats.set(chat.id, kept);
  return kept;
}

// what is drawn

function drawAll() {
  drawSide(state, { choose: become, open: openChat });
  drawRoom();
  drawLog(deeds);
  markRead();
}

const deeds = {
  busy: (number, data) => state.busy.has(`${state.chat}:${number}:${data}`),
  press,
  reply(message) {
    state.replyTo = message.number;
    find("quote").hidden = false;
    find("quote").querySelector("p").textContent = message.plain || "Картинка";
    find("text").focus();
  },
  jump(number) {
    const node = nodeOf(number);
    node?.scrollIntoView({ block: "center" });
    node?.classList.add("lit");
    setTimeout(() => node?.classList.remove("lit"), 1500);
  },
  enlarge(address) {
    find("picture").querySelector("img").src = address;
    find("picture").showModal();
  },
};

function speak(message) {
  find("spoken").textContent = `${message.author.name}: ${message.plain || "картинка"}`;
}

function toast(text) {
  const node = make("p", "toast", text);
  find("toasts").append(node);
  setTimeout(() => node.remove(), 4000);
}

function setClock(now) {
  state.skew = now * 1000 - Date.now();
  tick();
}

function tick() {
  const seconds = (Date.now() + state.skew) / 1000;
  find("clock").textContent = moment(seconds, state.zone, wide.matches);
}

// what the person does

function become(persona, chat = null) {
  const place = state.chats.get(chat ?? state.chat);
  saveDraft();
  state.persona = persona;
  state.chat = place && !place.private && place.members.includes(persona) ? place.id : persona;
  if (chat !== null) document.body.dataset.screen = "chat";
  moved();
}

function openChat(chat) {
  saveDraft();
  state.chat = chat;
  document.body.dataset.screen = "chat";
  moved();
}

function moved() {
  history.replaceState(null, "", `#${state.persona}/${state.chat}`);
  forgetReply();
  closePopup();
  find("text").value = state.drafts.get(`${state.persona}/${state.chat}`) ?? "";
  grow();
  drawAll();
}

const saveDraft = () => state.drafts.set(`${state.persona}/${state.chat}`, find("text").value);

function markRead() {
  const shown = document.body.dataset.screen === "chat" || wide.matches;
  if (document.hidden || !shown || !current()?.unread[state.persona]) return;
  wire.wish({ do: "read", persona: state.persona, chat: state.chat });
}

function say(text, persona = state.persona, chat = state.chat) {
  const sent = wire.wish({ do: "text", persona, chat, text, reply_to: state.replyTo });
  if (sent) forgetReply();
  return sent;
}

function press(message, button) {
  if (button.address) return follow(button.address);
  if (button.copy) return navigator.clipboard.writeText(button.copy).then(() => toast("Скопировано"));
  const ref = `${state.chat}:${message.number}:${button.data}`;
  if (state.busy.has(ref)) return null;
  state.busy.set(ref, setTimeout(() => free(ref), PATIENCE));
  paint(ref);
  return wire.wish({
    do: "press", persona: state.persona, chat: state.chat, number: message.number,
    data: button.data, ref,
  });
}

function free(ref) {
  clearTimeout(state.busy.get(ref));
  if (state.busy.delete(ref)) paint(ref);
}

function follow(address) {
  const link = new URL(address);
  const ours = link.hostname === "t.me"
    && link.pathname.slice(1).toLowerCase() === state.bot.username.toLowerCase();
  if (ours) askWhoOpens(link.searchParams.get("start"));
  else window.open(address, "_blank", "noopener,noreferrer");
}

function askWhoOpens(code) {
  const rows = [...state.personas.values()].map((one) => {
    const row = make("button", "soft", make("b", "", one.name), make("small", "", one.role));
    row.dataset.persona = one.id;
    row.addEventListener("click", () => {
      find("choose").close();
      become(one.id, one.id);
      say(code ? `/start ${code}` : "/start", one.id, one.id);
    });
    return row;
  });
  find("choose").querySelector("div").replaceChildren(...rows);
  find("choose").showModal();
}

async function send(file, kind) {
  const caption = find("text").value.trim();
  const key = await upload(file, {
    kind, persona: state.persona, chat: state.chat, caption, replyTo: state.replyTo,
  });
  if (key) return toast(REFUSALS[key] ?? REFUSALS["bad-file"]);
  find("text").value = "";
  grow();
  return forgetReply();
}

function forgetReply() {
  state.replyTo = null;
  find("quote").hidden = true;
}

function release() {
  for (const button of document.querySelectorAll("[data-step]")) button.disabled = false;
}

function grow() {
  const text = find("text");
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 160)}px`;
}

// where it is done

find("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  closePopup();
  if (!find("text").value.trim() || !say(find("text").value)) return;
  find("text").value = "";
  grow();
});
find("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find("composer").requestSubmit();
  }
});
find("text").addEventListener("input", () => {
  grow();
  const typed = find("text").value;
  if (/^\/\w*$/.test(typed)) offerCommands(menu(), say, typed);
  else closePopup();
});
const menu = () => current()?.menus[state.persona] ?? [];
find("menu").addEventListener("click", () => offerCommands(menu(), say));
find("attach").addEventListener("click", () => offerFiles(state.files, (name) => {
  wire.wish({ do: "file", persona: state.persona, chat: state.chat, name, caption: find("text").value });
}));
for (const [id, kind] of [["disk", "document"], ["album", "photo"]]) {
  find(id).addEventListener("change", async () => {
    for (const file of find(id).files) await send(file, kind);
    find(id).value = "";
  });
}
find("begin").addEventListener("click", () => say("/start"));
find("invite").addEventListener("click", () =>
  wire.wish({ do: "join", persona: state.persona, chat: state.chat }));
find("pinned").addEventListener("click", () => deeds.jump(current().pinned));
find("quote").querySelector("button").addEventListener("click", forgetReply);
find("home").addEventListener("click", () => { document.body.dataset.screen = "list"; });
find("log").addEventListener("click", (event) => {
  const link = event.target.closest("a[href]:not(.paper)");
  const hidden = event.target.closest("tg-spoiler");
  if (hidden) hidden.classList.add("open");
  if (!link) return;
  event.preventDefault();
  if (link.classList.contains("command")) say(link.textContent);
  else follow(link.href);
});
find("picture").addEventListener("click", () => find("picture").close());
find("log").addEventListener("dragover", (event) => event.preventDefault());
find("log").addEventListener("drop", async (event) => {
  event.preventDefault();
  for (const file of event.dataTransfer.files) await send(file, "document");
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closePopup();
  forgetReply();
});
document.addEventListener("visibilitychange", markRead);
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => {
    button.disabled = wire.wish({ do: "clock", step: button.dataset.step });
  });
}
setInterval(tick, 1000);
