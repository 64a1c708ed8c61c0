import * as api from "./api.js";
import { perform } from "./actions.js";
import { ChatLog } from "./chat_log.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { icon } from "./icons.js";
import { newPerson } from "./new_person.js";
import { notice } from "./notice.js";
import { QuickReplies } from "./quick_replies.js";
import { RichMenu } from "./rich_menu.js";
import { follow, lookIn } from "./stream.js";
import { Tabs } from "./tabs.js";

const find = (id) => document.getElementById(id);
const OPEN_TAB = "simulator.person";
const OFFICE = "simulator.office";

const clock = new Clock(find("clock"));
const logs = new Map();
let open;
let begun;
let unfollowStream = () => undefined;

async function send(event) {
  const to = open;
  try {
    const { status } = await to.send(event);
    if (status === 0) notice("บอตไม่ตอบ · the bot does not answer");
    else if (status >= 300) notice(`บอตตอบสถานะ ${status} · the bot answered ${status}`);
  } catch (failure) {
    notice(failure.message);
    throw failure;
  }
}

/** A tap has nowhere to hand its failure back to; the notice has said it. */
const sendTapped = (event) => void send(event).catch(() => undefined);

const chat = {
  send: sendTapped,
  keyboard: (text) => composer.fill(text, true),
  get office() {
    return find("office").checked;
  },
};
const composer = new Composer(find("composer"), send);
const quickReplies = new QuickReplies(find("quick-replies"), (action) => perform(action, chat, true));
const richMenu = new RichMenu(find("rich-menu"), (action) => perform(action, chat));
const tabs = new Tabs(find("people"), show);

function drawQuickReplies() {
  quickReplies.show(open, chat.office);
  // A quick answer takes the row away and puts one back before the next frame: no observer sees that.
  logs.get(open).stayAtEnd();
}

function drawMenu() {
  richMenu.show(open, chat.office);
  logs.get(open).stayAtEnd();
}

/** A platform that is away says nothing; the line says that it is. */
const readMenu = (conversation) => void conversation.readMenu().catch(() => undefined);

function drawFriendship() {
  find("block").textContent = open.blocked ? "เลิกบล็อก" : "บล็อก";
  find("block").setAttribute("aria-label", open.blocked ? "เลิกบล็อกบอต · unblock, follow" : "บล็อกบอต · block, unfollow");
  find("blocked").hidden = !open.blocked;
  find("composer").hidden = open.blocked;
  composer.disable(open.blocked);
}

function show(conversation) {
  if (open) open.draft = composer.text;
  unfollowStream();
  open = conversation;
  sessionStorage.setItem(OPEN_TAB, conversation.person.id);
  const log = logs.get(conversation);
  find("log").replaceChildren(log.column);
  find("speaking-as").textContent = conversation.person.name;
  find("speaking-note").textContent = conversation.person.note ?? "";
  composer.fill(conversation.draft);
  drawFriendship();
  drawQuickReplies();
  drawMenu();
  readMenu(conversation);
  log.toEnd();
  unfollowStream = follow(conversation, (up) => {
    find("offline").hidden = up;
    if (!up) reloadIfGone(conversation.person.id);
  });
}

/** A simulator started anew knows other people; this page then begins anew as well. */
async function reloadIfGone(id) {
  const people = await api.people().catch(() => undefined);
  if (people && !people.some((person) => person.id === id)) location.reload();
}

function meet(person) {
  const conversation = new Conversation(person);
  const log = new ChatLog(conversation, {
    tap: (action) => perform(action, chat),
    unsend: (messageId) => sendTapped({ type: "unsend", messageId }),
    addFriend: () => sendTapped({ type: "follow" }),
    clock,
  });
  logs.set(conversation, log);
  conversation.addEventListener("entry", ({ detail }) => {
    if (conversation === open) {
      if (detail.kind === "menu") readMenu(conversation);
      drawFriendship();
      drawQuickReplies();
      drawMenu();
    } else if (detail.from === "bot" && detail.kind === "message" && new Date(detail.at) >= begun) tabs.unread(conversation);
  });
  conversation.addEventListener("menu", () => {
    if (conversation === open) drawMenu();
  });
  conversation.addEventListener("restarted", () => location.reload());
  tabs.add(conversation);
  return conversation;
}

async function meetNewcomers() {
  const known = new Set([...logs.keys()].map(({ person }) => person.id));
  return (await api.people()).filter(({ id }) => !known.has(id)).map(meet);
}

async function begin() {
  for (const place of document.querySelectorAll("[data-icon]")) place.prepend(icon(place.dataset.icon));
  find("office").checked = localStorage.getItem(OFFICE) === "on";
  find("office").addEventListener("change", () => {
    localStorage.setItem(OFFICE, chat.office ? "on" : "off");
    drawQuickReplies();
    drawMenu();
  });
  // As in LINE, a phone's keyboard takes the menu's place.
  find("text").addEventListener("focus", () => matchMedia("(pointer: coarse)").matches && richMenu.unfold(false));
  for (const id of ["block", "unblock"]) find(id).addEventListener("click", () => sendTapped({ type: open.blocked ? "follow" : "unfollow" }));
  newPerson(find("add-person"), find("new-person"), async () => {
    const newcomers = await meetNewcomers();
    if (newcomers.length > 0) tabs.select(newcomers.at(-1));
  });
  const desk = matchMedia("(min-width: 700px)");
  const openClockOnDesk = () => {
    find("clock").open = desk.matches;
  };
  desk.addEventListener("change", openClockOnDesk);
  openClockOnDesk();
  await clock.read();
  begun = clock.now();
  const met = await meetNewcomers();
  if (met.length > 0) tabs.select(met.find(({ person }) => person.id === sessionStorage.getItem(OPEN_TAB)) ?? met[0]);
  lookIn(() => [...logs.keys()].filter((conversation) => conversation !== open));
}

begin().catch((failure) => notice(failure.message));
