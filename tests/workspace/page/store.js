// What the page knows: the last state of the server, and where this person stands in it.

export const store = {
  state: null, me: null, place: null, thread: null, details: false, editing: null, draft: null, limit: new Map(), draw: () => {}, show: null,
};

export const user = (id) => store.state?.users.find((u) => u.id === id);
export const channel = (id) => store.state?.channels.find((c) => c.id === id);
export const here = () => channel(store.place);
export const nameOf = (id) => user(id)?.real_name || user(id)?.name || id || 'someone';
export const people = () => (store.state?.users ?? []).filter((u) => !u.is_bot);
export const bot = () => (store.state?.users ?? []).find((u) => u.is_bot);

export function go(place, thread = null, me = store.me) {
  const hash = `#${[me, place, thread].filter(Boolean).join('/')}`;
  if (location.hash === hash) store.draw();
  else location.hash = hash;
}

// The message that a permalink of this workspace names, or null: {place, ts}.
export function permalinked(url) {
  if (!URL.canParse(url)) return null;
  const { port, hostname, pathname } = new URL(url);
  const [, place, seconds, micros] = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(pathname) ?? [];
  return place && port === location.port && /^(127\.0\.0\.1|localhost)$/.test(hostname) ? { place, ts: `${seconds}.${micros}` } : null;
}

export function readHash() {
  const [me, place, thread] = location.hash.slice(1).split('/').map(decodeURIComponent);
  return { me: me || null, place: place || null, thread: thread || null };
}

// A person's act. Answers the server's object; a refusal is told through `complain`.
export async function act(fields, complain = store.toast) {
  let answer;
  try {
    const response = await fetch('/page/do', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user: store.me, ...fields }),
    });
    answer = await response.json();
  } catch {
    answer = { ok: false, error: 'The server does not answer: this was not done.' };
  }
  if (!answer.ok && !answer.errors) complain(answer.error || 'The server refused this.');
  return answer;
}

// Unread marks are this browser's own: the newest ts seen, by person and channel.
const seenKey = (c) => `seen/${store.state.team?.id}/${store.me}/${c.id}`;
const newest = (c) => c.messages.reduce((last, m) => (m.user !== store.me && !m.ephemeral && m.ts > last ? m.ts : last), '0');
export const markSeen = (c) => newest(c) > (localStorage.getItem(seenKey(c)) ?? '0') && localStorage.setItem(seenKey(c), newest(c));
export const unread = (c) => {
  const seen = localStorage.getItem(seenKey(c)) ?? '0';
  return c.messages.filter((m) => m.ts > seen && m.user !== store.me && !m.ephemeral && !/^channel_/.test(m.subtype ?? '')).length;
};
export const lastSeen = (c) => localStorage.getItem(seenKey(c)) ?? '0';
