// Keys go to the terminal without a click: as soon as it stands, and whenever the page is looked at again.
"use strict";
function focusTerminal() {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (keys) keys.focus();
}
window.addEventListener("load", () => {
  new MutationObserver(focusTerminal).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  focusTerminal();
});
window.addEventListener("focus", focusTerminal);
