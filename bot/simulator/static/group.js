import { element } from "./element.js";

/** What LINE shows over the bot's chat, and by which a group calls it. */
export const BOT_NAME = "รายงาน";

const LEAVES = "leaves";

/**
 * What a group has in its head instead of a person's name: who speaks, also whoever is to come in, or that who speaks
 * goes out; and the button that puts the bot's name into the text field.
 * `chosen(id)` is told who is to speak, `left()` that who speaks goes out, `mentioned()` that the bot is to be named.
 */
export class GroupBar {
  constructor({ speakers, words, mention }, { chosen, left, mentioned }) {
    this.speakers = speakers;
    this.words = words;
    this.mention = mention;
    speakers.addEventListener("change", () => (speakers.value === LEAVES ? left() : chosen(speakers.value)));
    mention.addEventListener("click", mentioned);
  }

  /** Shows what belongs to this conversation; `people` are all there are. */
  show(conversation, people) {
    const { members, by } = conversation;
    this.speakers.hidden = !members;
    this.words.hidden = Boolean(members);
    this.mention.hidden = !members;
    if (!members) return;
    const option = ({ id, name }) => element("option", { value: id, selected: id === by, text: name });
    const group = (label, those) => (those.length > 0 ? element("optgroup", { label }, ...those.map(option)) : undefined);
    const inside = people.filter(({ id }) => members.includes(id));
    const outside = people.filter(({ id }) => !members.includes(id));
    const goes = inside.length > 1 ? [{ id: LEAVES, name: inside.find(({ id }) => id === by)?.name ?? "" }] : [];
    const all = [group("พูดในชื่อ · speak as", inside), group("เพิ่มเข้ากลุ่ม · add to the group", outside), group("ออกจากกลุ่ม · leave the group", goes)];
    this.speakers.replaceChildren(...all.filter(Boolean));
  }
}
