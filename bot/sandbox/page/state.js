// What the page knows: everything in it came over the line, or is the person's choice.

export const state = {
  personas: new Map(), chats: new Map(), files: [], hints: [], bot: { name: "", username: "" },
  persona: null, chat: null, zone: "UTC", skew: 0, replyTo: null,
  busy: new Map(), presses: new Map(), typing: new Map(), drafts: new Map(),
};
export const current = () => state.chats.get(state.chat);

export const wide = matchMedia("(min-width: 720px)");
