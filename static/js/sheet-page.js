// The sheet that this page shows: whose it is, where it is sent to, and its tokens.

const device = document.getElementById("device");

export const sheet = {
  who: device.dataset.who,
  url: device.dataset.url,
  news: device.dataset.news,
  signIn: device.dataset.signIn,
  path: new URL(device.dataset.url, location.href).pathname,
};

export const form = () => document.getElementById("sheet");

const tokens = (root) => [...root.querySelectorAll("input[name=csrfmiddlewaretoken]")];

export const token = () => tokens(document)[0]?.value ?? "";

const asTime = new Intl.DateTimeFormat(document.documentElement.lang || "en", {
  hour: "numeric", minute: "2-digit", hour12: true, timeZone: device.dataset.zone || undefined,
});

export const timeOf = (at) => asTime.format(at);

// What was signed in again has a new token; nothing is sent in the name of somebody else.
export async function renewToken() {
  const answer = await fetch(sheet.url, { redirect: "manual" });
  if (!answer.ok) return "refused";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (page.getElementById("device")?.dataset.who !== sheet.who) return "other";
  const [fresh] = tokens(page);
  for (const each of tokens(document)) if (fresh) each.value = fresh.value;
  return fresh ? "renewed" : "refused";
}

export const changed = () => document.dispatchEvent(new CustomEvent("taps:changed"));

export const saved = () => document.dispatchEvent(new CustomEvent("taps:saved"));
