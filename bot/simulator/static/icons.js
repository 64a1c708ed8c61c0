/** Small drawings of our own: no picture is loaded from elsewhere, no emoji font is needed. */
const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-8-6 17-3-7z",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  down: "M6 9l6 6 6-6",
  clock: "M12 7v5l3 2M12 3a9 9 0 100 18 9 9 0 000-18z",
  sticker: "M12 3a9 9 0 100 18 9 9 0 000-18zM9 10h.01M15 10h.01M8.5 14.5c1.8 2 5.2 2 7 0",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 4M15.5 9h.01",
  video: "M3 6h12v12H3zM15 11l6-4v10l-6-4z",
  audio: "M12 3a3 3 0 00-3 3v5a3 3 0 006 0V6a3 3 0 00-3-3zM6 11a6 6 0 0012 0M12 17v4",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  location: "M12 21s-6-6.2-6-11a6 6 0 0112 0c0 4.800-6 11-6 11zM12 12a2 2 0 100-4 2 2 0 000 4z",
  report: "M7 4h10v16H7zM10 9h4M10 13h4",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", STROKES[name] ?? STROKES.more);
  svg.append(path);
  return svg;
}
