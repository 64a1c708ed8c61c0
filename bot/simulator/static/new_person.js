import { addPerson } from "./api.js";
import { notice } from "./notice.js";

/** The dialog that adds a person to the simulator; then `added()` is called. */
export function newPerson(opener, dialog, added) {
  const form = dialog.querySelector("form");
  opener.addEventListener("click", () => {
    form.reset();
    dialog.showModal();
  });
  dialog.querySelector(".cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = form.elements.name.value.trim();
    if (name === "") return;
    try {
      await addPerson(name, form.elements.note.value.trim());
      dialog.close();
      await added();
    } catch (failure) {
      dialog.close();
      notice(failure.message);
    }
  });
}
