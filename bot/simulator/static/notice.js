/** A short sentence over the chat that goes by itself: what failed, or what this simulator does not do. */
let timer;

export function notice(text) {
  const place = document.getElementById("notice");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.hidden = true;
  }, 6000);
}
