// How a script learns that the session is locked: the server answers 423, and the page is covered.
// What was to be sent waits for "lock:open".

export const LOCKED = 423;

export function isLocked(answer) {
  if (answer?.status !== LOCKED) return false;
  document.dispatchEvent(new CustomEvent("lock:told"));
  return true;
}
