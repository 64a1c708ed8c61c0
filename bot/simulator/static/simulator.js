import * as api from "./api.js";
import { perform } from "./actions.js";
import { ChatLog } from "./chat_log.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { bilingual } from "./element.js";
import { BOT_NAME, GroupBar } from "./group.js";
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
    if (status === 0 && to.withBot) notice("บอตไม่ตอบ · the bot does not answer");
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
const groupBar = new GroupBar(
  { speakers: find("speakers"), words: find("speaking-as"), mention: find("mention") },
  { chosen: speakAs, left: () => sendTapped({ type: "memberLeft" }), mentioned: () => composer.insert(`@${BOT_NAME} `) },
);
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

/** What lets the bot into the open chat, or out of it: [the button's words, its name for who cannot see, the event]. */
const letIn = () =>
  open.members ? ["เชิญบอต", "เชิญบอตเข้ากลุ่ม · invite the bot", "join"] : ["เลิกบล็อก", "เลิกบล็อกบอต · unblock, follow", "follow"];
const letOut = () =>
  open.members ? ["นำบอตออก", "นำบอตออกจากกลุ่ม · remove the bot", "leave"] : ["บล็อก", "บล็อกบอต · block, unfollow", "unfollow"];
const isAway = () => open.blocked || !open.withBot;

function drawFriendship() {
  const [words, name] = isAway() ? letIn() : letOut();
  find("block").textContent = words;
  find("block").setAttribute("aria-label", name);
  find("blocked").hidden = !isAway();
  find("away").replaceChildren(open.members ? bilingual("บอตไม่อยู่ในกลุ่ม", "The bot is not here") : bilingual("บล็อกบอตอยู่", "The bot is blocked"));
  find("unblock").replaceChildren(open.members ? bilingual("เชิญบอต", "Invite") : bilingual("เลิกบล็อก", "Unblock"));
  find("composer").hidden = open.blocked;
  composer.disable(open.blocked);
  // In a group the bot gives neither quick replies nor a menu, so both kinds of LINE look the same there.
  find("office-switch").hidden = Boolean(open.members);
  groupBar.show(open, people());
}

/** Somebody else speaks in the open group; who is not in it comes in first. */
function speakAs(id) {
  open.by = id;
  if (!open.members.includes(id)) sendTapped({ type: "memberJoined" });
  logs.get(open).redraw();
  logs.get(open).toEnd();
}

function show(conversation) {
  if (open) open.draft = composer.text;
  unfollowStream();
  open = conversation;
  sessionStorage.setItem(OPEN_TAB, conversation.person.id);
  const log = logs.get(conversation);
  find("log").replaceChildren(log.column);
  find("chat-name").textContent = conversation.members ? conversation.person.name : BOT_NAME;
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
  const chats = await api.chats().catch(() => undefined);
  if (chats && !chats.some((chat) => chat.id === id)) location.reload();
}

const people = () => [...logs.keys()].filter(({ members }) => !members).map(({ person }) => person);

function meet(person) {
  const conversation = new Conversation(person);
  const log = new ChatLog(conversation, {
    tap: (action) => perform(action, chat),
    unsend: (messageId) => sendTapped({ type: "unsend", messageId }),
    addFriend: () => sendTapped({ type: "follow" }),
    clock,
    nameOf: (id) => people().find((each) => each.id === id)?.name ?? "",
  });
  logs.set(conversation, log);
  conversation.addEventListener("entry", ({ detail }) => {
    if (conversation === open) {
      if (detail.kind === "memberLeft") log.redraw(); // somebody else speaks now
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
  return (await api.chats()).filter(({ id }) => !known.has(id)).map(meet);
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
  for (const id of ["block", "unblock"]) find(id).addEventListener("click", () => sendTapped({ type: (isAway() ? letIn() : letOut())[2] }));
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
