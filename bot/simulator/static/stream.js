import { streamAddress } from "./api.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

/**
 * Follows a conversation's log until the returned function is called; reopens it after a drop.
 * Then it asks for the whole log again: what is known is ignored, and a platform started anew shows in its first entry.
 * `onconnected(true|false)` tells whether the line is up.
 */
export function follow(conversation, onconnected = () => undefined) {
  let source;
  let timer;
  let wait = FIRST_WAIT;
  let from = conversation.last;

  const open = () => {
    source = new EventSource(streamAddress(conversation.person.id, from));
    source.onopen = () => {
      wait = FIRST_WAIT;
      onconnected(true);
    };
    source.onmessage = (event) => conversation.accept(JSON.parse(event.data));
    source.onerror = () => {
      // EventSource's own reopening takes no notice of how long the platform has been away.
      source.close();
      from = 0;
      onconnected(false);
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  };

  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/**
 * Looks in on the people whose tab is not open, one after the other, so that their tabs can show what is unread.
 * A browser allows six connections to one host: a stream for each person would leave none to send with.
 */
export function lookIn(others, every = 1500) {
  let turn = 0;
  let stop = () => undefined;
  setInterval(() => {
    stop();
    stop = () => undefined;
    const waiting = others();
    if (document.hidden || waiting.length === 0) return;
    turn = (turn + 1) % waiting.length;
    stop = follow(waiting[turn]);
  }, every);
}
