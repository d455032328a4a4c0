// One message as the person sees it.

import { face, hour, icon, make, size } from "./dom.js";

const TALLEST = 420;

// Its room is kept before it has come, or the newest message would slide out of sight.
function picture(photo, open) {
  const image = make("img");
  image.src = photo.address;
  const scale = Math.min(1, TALLEST / photo.height);
  image.width = Math.round(photo.width * scale);
  image.height = Math.round(photo.height * scale);
  image.alt = "Картинка";
  const button = make("button", "photo", image);
  button.setAttribute("aria-label", "Увеличить картинку");
  button.addEventListener("click", () => open(photo.address));
  return button;
}

function paper(file) {
  const kind = file.name.includes(".") ? file.name.split(".").pop().slice(0, 4) : "";
  const link = make(
    "a", "paper",
    make("span", "kind", kind || icon("file")),
    make("span", "what", make("b", "", file.name), make("small", "", size(file.size))),
  );
  link.href = file.address;
  link.download = file.name;
  return link;
}

function quote(reply, jump) {
  const words = reply.plain || (reply.photo ? "Картинка" : "Сообщение");
  const node = make("button", "cited", make("b", "", reply.name), make("span", "", words));
  node.addEventListener("click", () => jump(reply.number));
  return node;
}

function key(button, message, deeds) {
  const node = make("button", "key", make("span", "", button.text));
  node.dataset.data = button.data ?? "";
  if (button.address) node.append(make("i", "out", "↗"));
  const busy = button.data !== null && deeds.busy(message.number, button.data);
  node.classList.toggle("busy", busy);
  node.setAttribute("aria-busy", String(busy));
  node.addEventListener("click", () => deeds.press(message, button));
  return node;
}

function keys(message, deeds) {
  const rows = message.rows.map((row) =>
    make("div", "row", ...row.map((button) => key(button, message, deeds))));
  return rows.length ? make("div", "keys", ...rows) : null;
}

function service(message) {
  const joined = message.joined.length
    ? `${message.author.name} добавляет: ${message.joined.join(", ")}`
    : `${message.author.name} удаляет: ${message.gone}`;
  const node = make("div", "service", make("span", "", joined));
  node.dataset.number = message.number;
  return node;
}

function words(message) {
  if (!message.html) return null;
  const node = make("div", "words");
  node.innerHTML = message.html; // the server made every tag of it from an allow-list
  return node;
}

function foot(message, zone) {
  const time = make("time", "", hour(message.date, zone));
  return make("span", "when", message.edited ? "изменено " : null, time);
}

function body(message, scene) {
  const { zone, deeds, named } = scene;
  const origin = message.forwarded ? `Переслано от: ${message.forwarded}` : null;
  const bubble = make(
    "div", "bubble",
    named ? make("b", `author ink-${Math.abs(message.author.id) % 8}`, message.author.name) : null,
    origin ? make("em", "origin", origin) : null,
    message.reply ? quote(message.reply, deeds.jump) : null,
    message.photo ? picture(message.photo, deeds.enlarge) : null,
    message.document ? paper(message.document) : null,
    words(message),
    message.faces.length ? make("span", "faces", message.faces.join(" ")) : null,
    foot(message, zone),
  );
  bubble.classList.toggle("pictured", Boolean(message.photo));
  return bubble;
}

export function bubble(message, scene) {
  if (message.joined.length || message.gone) return service(message);
  const answer = make("button", "icon answer", icon("reply"));
  answer.setAttribute("aria-label", "Ответить");
  answer.addEventListener("click", () => scene.deeds.reply(message));
  const line = make("div", "line", body(message, scene), answer);
  const node = make("article", "message", line, keys(message, scene.deeds));
  node.dataset.number = message.number;
  node.dataset.author = message.author.id;
  node.classList.toggle("mine", scene.mine);
  node.classList.toggle("wide", message.rows.length > 0);
  node.setAttribute("aria-label", `${scene.mine ? "Вы" : message.author.name}`);
  if (scene.named) node.prepend(face(message.author.name, message.author.id));
  return node;
}
