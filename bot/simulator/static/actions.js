import { notice } from "./notice.js";

/** What LINE's camera, album and map hand back, as this simulator's own events. */
const ATTACHED = { camera: "image", cameraRoll: "image", location: "location" };

function postback(action, quick) {
  const { data, label, displayText } = action;
  // A tapped quick reply always leaves a bubble; a button without displayText leaves none.
  const shown = displayText ?? (quick ? label : undefined);
  return { type: "postback", data, label: label ?? "", ...(shown === undefined ? {} : { displayText: shown }) };
}

/**
 * Performs a LINE action other than opening an address.
 * `chat` offers send(event), keyboard(text) and office (true while it plays LINE for PC, which has no openKeyboard).
 */
export function perform(action, chat, quick = false) {
  switch (action.type) {
    case "message":
      chat.send({ type: "message", text: action.text });
      break;
    case "postback":
      chat.send(postback(action, quick));
      if (action.inputOption === "openKeyboard" && !chat.office) chat.keyboard(action.fillInText ?? "");
      break;
    case "camera":
    case "cameraRoll":
    case "location":
      chat.send({ type: ATTACHED[action.type] });
      break;
    case "clipboard":
      navigator.clipboard?.writeText(action.clipboardText).then(
        () => notice("คัดลอกแล้ว · copied", true),
        () => notice("คัดลอกไม่ได้ · could not copy"),
      );
      break;
    default:
      notice(`ตัวจำลองไม่มีการทำงาน ${action.type} · not simulated`);
  }
}
