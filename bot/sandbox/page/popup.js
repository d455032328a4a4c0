// The sheet over the composer: the bot's commands, or files to send.

import { find, icon, make } from "./dom.js";

function show(rows, opener) {
  const popup = find("popup");
  popup.replaceChildren(...rows);
  popup.hidden = false;
  for (const id of ["menu", "attach"]) find(id).setAttribute("aria-expanded", String(id === opener));
  popup.dataset.opener = opener;
}

export function closePopup() {
  const popup = find("popup");
  if (popup.contains(document.activeElement)) find(popup.dataset.opener)?.focus();
  popup.hidden = true;
  for (const id of ["menu", "attach"]) find(id).setAttribute("aria-expanded", "false");
}

function row(picture, title, about, act) {
  const node = make(
    "button", "choice", picture,
    make("span", "names", make("b", "", title), about ? make("small", "", about) : null),
  );
  node.addEventListener("click", () => {
    closePopup();
    act();
  });
  return node;
}

const isOpen = (opener) => !find("popup").hidden && find("popup").dataset.opener === opener;

export function offerCommands(menu, say, typed = null) {
  if (typed === null && isOpen("menu")) return closePopup();
  const rows = menu
    .filter((one) => `/${one.command}`.startsWith(typed ?? "/"))
    .map((one) => row(null, `/${one.command}`, one.description, () => {
      find("text").value = "";
      say(`/${one.command}`);
    }));
  if (typed !== null && !rows.length) return closePopup();
  return show(rows.length ? rows : [make("p", "empty", "Бот пока не назвал своих команд")], "menu");
}

export function offerFiles(files, send) {
  if (isOpen("attach")) return closePopup();
  const rows = [
    row(icon("file"), "Документ с диска", "", () => find("disk").click()),
    row(icon("picture-icon"), "Фото с диска", "", () => find("album").click()),
  ];
  if (files.length) rows.push(make("p", "empty", "Готовые файлы"));
  for (const file of files) rows.push(row(icon("file"), file.name, file.about, () => send(file.name)));
  return show(rows, "attach");
}

document.addEventListener("pointerdown", (event) => {
  if (find("popup").hidden || event.target.closest("#popup, #menu, #attach")) return;
  closePopup();
});
