/** A short sentence over the chat that goes by itself: what failed, what this simulator does not do, or (`well`) what was done. */
let timer;

export function notice(text, well = false) {
  const place = document.getElementById("notice");
  place.textContent = text;
  place.classList.toggle("well", well);
  place.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.hidden = true;
  }, 6000);
}
