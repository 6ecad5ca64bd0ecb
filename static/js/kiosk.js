// The kiosk: it goes on by itself, gives more time to who is typing, and shows nobody's answers
// to the next person, also not by Back.

const kiosk = document.querySelector("[data-kiosk]");
const here = kiosk.dataset.kiosk;
const IDLE_MS = 5 * 60 * 1000;
const ALIVE_MS = 60 * 1000;

const goOn = () => location.replace(here);

// --- thank you: on to the next person after a while; a touch gives as long again -----------------

const next = document.querySelector("[data-return]");
if (next) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(goOn, Number(next.dataset.return) * 1000);
  };
  document.querySelector("[data-returns]").hidden = false;
  for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, wait);
  wait();
}

// --- the questions: who has left is forgotten, who answers is kept --------------------------------

const answers = document.querySelector("[data-answers]");
if (answers) {
  const asking = new AbortController();
  let timer;
  let told = Date.now();
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(goOn, IDLE_MS);
    if (Date.now() - told < ALIVE_MS) return;
    told = Date.now();
    fetch(location.href, { method: "HEAD", redirect: "manual", signal: asking.signal }).catch(() => {});
  };
  for (const event of ["input", "change", "pointerdown", "keydown"]) {
    document.addEventListener(event, wait);
  }
  // Without a network the page would be gone with all that is typed: it is asked for first.
  let isSending = false;
  const lost = document.querySelector("[data-lost]");
  const isReached = () =>
    fetch(location.href, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(8000) })
      .then((answer) => answer.status < 500, () => false);
  answers.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    asking.abort();
    lost.hidden = await isReached();
    if (lost.hidden) answers.submit();
    else lost.focus();
    isSending = lost.hidden;
  });
  wait();
}

// --- a page that the browser kept for Back is shown to nobody -------------------------------------

addEventListener("pagehide", () => {
  for (const form of document.forms) form.reset();
  kiosk.hidden = true;
});
addEventListener("pageshow", (event) => {
  if (event.persisted) goOn();
});
