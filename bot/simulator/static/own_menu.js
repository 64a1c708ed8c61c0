import { bilingual, element } from "./element.js";
import { icon } from "./icons.js";

const LONG_PRESS = 500;
let closeOpen = () => undefined;

/**
 * The small menu of one's own bubble, opened by its button, a long press or a right click.
 * `choices` are [thai, english, act]. Returns the menu's button; `row` is what is pressed long.
 */
export function ownMenu(row, choices) {
  const toggle = element(
    "button",
    { type: "button", class: "own-menu-button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": "เมนูข้อความนี้ · message menu" },
    icon("more"),
  );
  let menu;

  const outside = (event) => {
    if (!menu.contains(event.target) && !toggle.contains(event.target)) close();
  };
  const close = () => {
    menu?.remove();
    menu = undefined;
    toggle.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    closeOpen = () => undefined;
  };
  const open = () => {
    closeOpen();
    const items = choices.map(([thai, english, act]) =>
      element(
        "button",
        {
          type: "button",
          role: "menuitem",
          onclick: () => {
            close();
            act();
          },
        },
        bilingual(thai, english),
      ),
    );
    menu = element("div", { class: "own-menu", role: "menu", onkeydown: (event) => steer(event, items) }, ...items);
    row.append(menu);
    const log = row.parentElement.getBoundingClientRect();
    const { bottom, height } = menu.getBoundingClientRect();
    const roomAbove = row.getBoundingClientRect().top - log.top > height;
    menu.classList.toggle("above", bottom > log.bottom && roomAbove);
    toggle.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    closeOpen = close;
    items[0].focus({ preventScroll: true });
    menu.scrollIntoView({ block: "nearest" });
  };
  const steer = (event, items) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    else if (event.key === "Escape") {
      close();
      toggle.focus();
    } else return;
    event.preventDefault();
  };

  toggle.addEventListener("click", () => (menu ? close() : open()));
  const bubble = row.querySelector(".bubble");
  bubble.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    if (!menu) open();
  });
  let pressed;
  let long = false;
  bubble.addEventListener("pointerdown", (event) => {
    long = false;
    if (event.pointerType !== "touch") return;
    pressed = setTimeout(() => {
      long = true;
      if (!menu) open();
    }, LONG_PRESS);
  });
  // Lifting the finger must not tap what the menu has put under it.
  bubble.addEventListener("touchend", (event) => long && event.preventDefault());
  for (const end of ["pointerup", "pointercancel", "pointermove"]) bubble.addEventListener(end, () => clearTimeout(pressed));
  return toggle;
}
