// Counts down the minutes of a record that is open in an emergency. The server closes it; this
// only keeps the line true while the page is open.

const MINUTE = 60_000;
const began = performance.now();

function say(banner) {
  const words = banner.querySelector("[data-minutes]");
  const left = Number(banner.dataset.emergency) - Math.floor((performance.now() - began) / MINUTE);
  if (left <= 0) words.textContent = words.dataset.over;
  else words.textContent = left === 1 ? words.dataset.one : words.dataset.more.replace("{n}", left);
}

for (const banner of document.querySelectorAll("[data-emergency]")) {
  setInterval(() => say(banner), MINUTE);
}
