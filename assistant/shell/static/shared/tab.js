// What this tab keeps until it is closed. In a frame a browser may refuse to keep anything: then it
// is kept until the page is loaded again.
const held = new Map();

export function kept(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return held.get(key) ?? null;
  }
}

export function keep(key, value) {
  held.set(key, value);
  try {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // kept above
  }
}
