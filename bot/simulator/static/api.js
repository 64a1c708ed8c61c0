/** The simulator's own endpoints beside this page, as JSON. Rejects with a sentence a person can read. */
async function call(path, body) {
  const request =
    body === undefined
      ? { headers: { Accept: "application/json" } }
      : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new Error("ติดต่อระบบจำลองไม่ได้ · the simulator does not answer");
  }
  if (!response.ok) throw new Error(`ระบบจำลองตอบสถานะ ${response.status} · the simulator refused`);
  return response.json();
}

const person = (id) => `people/${encodeURIComponent(id)}`;

export const people = () => call("people");
export const addPerson = (name, note) => call("people", { name, note });

/** Hands a picture's bytes over; returns the name by which it is sent. */
export async function upload(file) {
  let response;
  try {
    response = await fetch("pictures", { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
  } catch {
    throw new Error("ติดต่อระบบจำลองไม่ได้ · the simulator does not answer");
  }
  if (response.status === 413) throw new Error("รูปใหญ่เกินไป · the picture is too large");
  if (!response.ok) throw new Error(`ระบบจำลองตอบสถานะ ${response.status} · the simulator refused`);
  return (await response.json()).upload;
}

export const pictureAddress = (messageId) => `pictures/${encodeURIComponent(messageId)}`;
export const sendEvent = (id, event) => call(`${person(id)}/events`, event);
export const streamAddress = (id, after) => `${person(id)}/stream?after=${after}`;
export const clock = () => call("clock");
export const moveClock = (change) => call("clock", change);
