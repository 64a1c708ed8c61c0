import { bilingual, element } from "./element.js";
import { icon } from "./icons.js";
import { isCard, messageContent } from "./message.js";
import { notice } from "./notice.js";
import { ownMenu } from "./own_menu.js";
import * as dates from "./dates.js";

/** A centred line that nobody said: a day, a follow, an unsent message. */
export function systemRow(thai, english) {
  return element("div", { class: "row system" }, element("span", { class: "pill" }, english ? bilingual(thai, english) : thai));
}

/** What stands in a chat in which nothing was said yet; `addFriend`: the way every chat with a LINE bot begins. */
export function beginRow(addFriend) {
  return element(
    "div",
    { class: "row system begin" },
    element("span", { class: "pill" }, bilingual("ยังไม่มีข้อความ", "No messages yet")),
    addFriend ? element("button", { type: "button", class: "add-friend", onclick: addFriend }, bilingual("เพิ่มเพื่อน", "Add friend")) : undefined,
  );
}

/** Three dots while the bot prepares its answer. */
export function loadingRow() {
  const dots = [1, 2, 3].map(() => element("span", { class: "dot" }));
  return element(
    "div",
    { class: "row bot loading first" },
    element("span", { class: "avatar" }, icon("report")),
    element("div", { class: "bubble", role: "img", "aria-label": "บอตกำลังเตรียมคำตอบ · the bot is preparing an answer" }, element("div", { class: "words dots" }, ...dots)),
  );
}

/** `author`: the name of who else in a group has sent it. */
function bubbleRow(entry, message, tap, author) {
  const own = entry.from === "person" && author === undefined;
  const at = new Date(entry.at);
  const content = messageContent(message, tap);
  const row = element(
    "div",
    { class: `row ${own ? "own" : "bot"}${isCard(message) ? " card" : ""}`, "data-n": entry.n },
    own ? undefined : author === undefined ? element("span", { class: "avatar" }, icon("report")) : element("span", { class: "avatar other", text: author.slice(0, 1), "aria-hidden": "true" }),
    element(
      "div",
      { class: "bubble" },
      author === undefined ? element("span", { class: "unseen", text: own ? "ฉัน: " : "บอต: " }) : element("span", { class: "author", text: author }),
      content,
    ),
    element("time", { class: "time", datetime: entry.at, text: dates.time(at) }),
  );
  return row;
}

/** The row of a person's own message, with its menu; `unsend(id)` takes it back. */
function ownRow(entry, tap, unsend) {
  const { message } = entry;
  const row = bubbleRow(entry, message, tap);
  const copy = () =>
    navigator.clipboard?.writeText(message.text).catch(() => notice("คัดลอกไม่ได้ · could not copy"));
  const choices = [["ยกเลิกข้อความ", "Unsend", () => unsend(message.id)]];
  if (message.type === "text") choices.unshift(["คัดลอก", "Copy", copy]);
  row.append(ownMenu(row, choices));
  return row;
}

/**
 * The row a log entry adds, if any. `loading` and `unsend` change other rows and add none.
 * `author`: in a group, the name of somebody else than who speaks just now.
 */
export function entryRow(entry, tap, unsend, author) {
  if (entry.kind === "join") return systemRow("เชิญบอตเข้ากลุ่มแล้ว", "Bot invited");
  if (entry.kind === "leave") {
    return entry.from === "bot" ? systemRow("บอตออกจากกลุ่มแล้ว", "The bot left") : systemRow("นำบอตออกจากกลุ่มแล้ว", "Bot removed");
  }
  if (entry.kind === "memberJoined") return systemRow(`${entry.name} เข้ากลุ่มแล้ว`, "joined");
  if (entry.kind === "memberLeft") return systemRow(`${entry.name} ออกจากกลุ่มแล้ว`, "left");
  if (entry.kind === "follow") return systemRow("เพิ่มเพื่อนแล้ว", "Friend added");
  if (entry.kind === "unfollow") return systemRow("บล็อกบอตแล้ว", "Bot blocked");
  if (entry.kind === "postback") {
    return entry.displayText ? bubbleRow(entry, { type: "text", text: entry.displayText }, tap, author) : undefined;
  }
  if (entry.kind !== "message") return undefined;
  return entry.from === "person" && author === undefined ? ownRow(entry, tap, unsend) : bubbleRow(entry, entry.message, tap, author);
}
