// What a page without a script can't do: print, share, and say that it works. Nothing is
// stored, and nothing is sent but the form.
"use strict";

const form = document.getElementById("form");
const go = document.getElementById("go");
const label = go.textContent;

form.addEventListener("submit", (event) => {
  if (event.submitter !== go) return;
  if (go.getAttribute("aria-disabled") === "true") return event.preventDefault();
  go.setAttribute("aria-disabled", "true");
  go.textContent = go.dataset.busy;
});

// Back in the history shows the page as it was left: waiting.
addEventListener("pageshow", () => {
  go.removeAttribute("aria-disabled");
  go.textContent = label;
});

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("#hasil details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

const share = document.getElementById("share");
if (share && navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => {
    const line = (name) => [name.querySelector("h3"), name.querySelector(".why")].map((part) => part.innerText.trim()).join("\n");
    const notes = [...document.querySelectorAll("#hasil .starter, #hasil .notice")].map((note) => note.innerText);
    const text = [document.title, ...[...document.querySelectorAll(".name")].map(line), ...notes].join("\n\n");
    navigator.share({ text }).catch(() => {});
  });
}
