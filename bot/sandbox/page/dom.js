// Small pieces of the page: elements, faces, words for times and sizes.

export const find = (id) => document.getElementById(id);

export function make(tag, classes = "", ...children) {
  const node = document.createElement(tag);
  if (classes) node.className = classes;
  if (tag === "button") node.type = "button";
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function face(name, id) {
  const initials = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0]).join("");
  const node = make("span", `face tint-${Math.abs(id) % 8}`, initials.toUpperCase());
  node.setAttribute("aria-hidden", "true");
  return node;
}

export function botFace() {
  const image = make("img", "face");
  image.src = "/page/icon.svg";
  image.alt = "";
  return image;
}

export function badge(count) {
  if (!count) return null;
  const node = make("span", "badge", count > 99 ? "99+" : String(count));
  node.setAttribute("aria-label", `непрочитанных: ${count}`);
  return node;
}

const formats = new Map();

function format(seconds, zone, options) {
  const key = JSON.stringify([zone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat("ru-RU", { ...options, timeZone: zone }));
  }
  return formats.get(key).format(new Date(seconds * 1000));
}

export const hour = (seconds, zone) =>
  format(seconds, zone, { hour: "2-digit", minute: "2-digit" });

export const day = (seconds, zone) =>
  format(seconds, zone, { weekday: "long", day: "numeric", month: "long" });

export const moment = (seconds, zone, wide) =>
  format(seconds, zone, {
    weekday: "short", day: "numeric", month: wide ? "short" : "2-digit",
    hour: "2-digit", minute: "2-digit",
  });

export function size(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} КБ`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`;
}
