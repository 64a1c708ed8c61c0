/** What the simulator's own endpoints beside this page answer. Rejects with a sentence a person can read. */
async function answered(path, request, refusals = {}) {
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new Error("ติดต่อระบบจำลองไม่ได้ · the simulator does not answer");
  }
  if (!response.ok) throw new Error(refusals[response.status] ?? `ระบบจำลองตอบสถานะ ${response.status} · the simulator refused`);
  return response.json();
}

const asked = { headers: { Accept: "application/json" } };
const call = (path, body) =>
  answered(path, body === undefined ? asked : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

const chat = (id) => `chats/${encodeURIComponent(id)}`;

/** Everyone, then the groups, which have `members`. */
export const chats = () => call("chats");
export const addPerson = (name, note) => call("people", { name, note });

/** Hands a picture's bytes over; returns the name by which it is sent. */
export async function upload(file) {
  const request = { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file };
  return (await answered("pictures", request, { 413: "รูปใหญ่เกินไป · the picture is too large" })).upload;
}

export const pictureAddress = (messageId) => `pictures/${encodeURIComponent(messageId)}`;
export const sendEvent = (id, event) => call(`${chat(id)}/events`, event);
export const streamAddress = (id, after) => `${chat(id)}/stream?after=${after}`;
export const menuOf = async (id) => (await call(`${chat(id)}/menu`)).menu;
export const menuPicture = (menuId) => `richmenus/${encodeURIComponent(menuId)}`;
export const clock = () => call("clock");
export const moveClock = (change) => call("clock", change);
