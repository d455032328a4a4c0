// The line to the sandbox: it is kept up, what comes is handed on, wishes go out.

export function connect({ hear, lost }) {
  let socket = null;

  function open() {
    socket = new WebSocket(`ws://${location.host}/live`);
    socket.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      lost();
      setTimeout(open, 1000);
    });
  }

  open();
  return {
    wish(deed) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(deed));
      return true;
    },
  };
}

export async function upload(file, { kind, persona, chat, caption, replyTo }) {
  const query = new URLSearchParams({ kind, persona, chat, name: file.name, caption });
  if (replyTo) query.set("reply_to", replyTo);
  const answer = await fetch(`/upload?${query}`, { method: "POST", body: file });
  if (answer.ok) return null;
  return answer.status === 409 ? (await answer.json()).key : "bad-file";
}
