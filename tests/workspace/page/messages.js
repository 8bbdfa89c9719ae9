// Messages: the list of a channel or of a thread, and what can be done to one.
import { add, button, clock, dayKey, dayName, fullTime, h, icon, touch } from './dom.js';
import { attachments, blocks } from './blocks.js';
import { QUICK, emoji } from './emoji.js';
import { link, mrkdwn, textObject, typed, withEmoji } from './mrkdwn.js';
import { confirm, menu, pickEmoji, toast } from './popup.js';
import { act, go, lastSeen, nameOf, store, user } from './store.js';

const cache = new Map();
const NOTICES = /^(channel|group)_(join|leave|topic|purpose|name|archive|unarchive)$|^(pinned_item|bot_add|tombstone)$/;
export const isReply = (m) => m.thread_ts && m.thread_ts !== m.ts;

// The nodes of a channel's main list, oldest first.
export function channelNodes(channel) {
  const all = channel.messages.filter((m) => !isReply(m) || m.subtype === 'thread_broadcast' || m.ephemeral);
  const limit = store.limit.get(channel.id) ?? 200;
  const out = [];
  if (all.length > limit) {
    out.push(cached(`${channel.id}/earlier`, String(all.length), () => button(`Show earlier messages (${all.length - limit})`, () => {
      store.limit.set(channel.id, limit + 200);
      store.draw();
    }, { class: 'earlier' })));
  } else {
    out.push(cached(`${channel.id}/start`, channel.name, () => h('div', { class: 'start' }, h('h2', {}, `# ${channel.name}`), h('p', {}, 'This is where the channel starts.'))));
  }
  const mark = freshFrom(channel);
  let last = null;
  for (const m of all.slice(-limit)) {
    if (!last || dayKey(last.ts) !== dayKey(m.ts)) {
      out.push(cached(`${channel.id}/day/${dayKey(m.ts)}`, dayName(m.ts), () => h('div', { class: 'day' }, h('span', {}, dayName(m.ts)))));
      last = null;
    }
    if (mark && m.ts > mark && (!last || last.ts <= mark) && out.every((n) => !n.classList.contains('fresh'))) {
      out.push(cached(`${channel.id}/fresh/${mark}`, '', () => h('div', { class: 'fresh' }, h('span', {}, 'New'))));
      last = null;
    }
    out.push(messageNode(channel, m, follows(last, m)));
    last = m;
  }
  return out;
}

// The line "New" stays where it was when the channel was opened.
const fresh = new Map();
export const openChannel = (channel) => fresh.set(`${store.me}/${channel.id}`, lastSeen(channel));
function freshFrom(channel) {
  const mark = fresh.get(`${store.me}/${channel.id}`);
  return mark && mark !== '0' && channel.messages.some((m) => m.ts > mark && m.user !== store.me) ? mark : null;
}

export function threadNodes(channel, root) {
  const parent = channel.messages.find((m) => m.ts === root);
  const replies = channel.messages.filter((m) => m.thread_ts === root && m.ts !== root);
  const out = parent ? [messageNode(channel, parent, false, true)] : [h('p', { class: 'empty' }, 'This message was deleted.')];
  if (replies.length) out.push(cached(`${root}/count`, String(replies.length), () => h('div', { class: 'day' }, h('span', {}, count(replies.length)))));
  let last = null;
  for (const m of replies) {
    out.push(messageNode(channel, m, follows(last, m), true));
    last = m;
  }
  return out;
}

const count = (n) => (n === 1 ? '1 reply' : `${n} replies`);
const author = (m) => m.username || (m.user ? nameOf(m.user) : m.bot_profile?.name || 'An app');
const follows = (a, b) => a && !NOTICES.test(a.subtype ?? '') && !a.ephemeral === !b.ephemeral && author(a) === author(b) && b.ts - a.ts < 300 && dayKey(a.ts) === dayKey(b.ts);

function cached(key, signature, make) {
  const full = `${store.me}/${key}`;
  const hit = cache.get(full);
  if (hit?.signature === signature) return hit.node;
  const node = make();
  if (cache.size > 6000) cache.clear();
  cache.set(full, { signature, node });
  return node;
}

function messageNode(channel, m, compact, inThread = false) {
  const editing = store.editing === `${channel.id}/${m.ts}/${inThread}`;
  const pinned = channel.pins.includes(m.ts);
  return cached(`${channel.id}/${m.ts}/${inThread}`, JSON.stringify([m, compact, editing, pinned, channel.is_archived, store.state.users.length]),
    () => draw(channel, m, { compact, inThread, editing, pinned }));
}

function draw(channel, m, how) {
  if (NOTICES.test(m.subtype ?? '')) {
    return h('div', { class: 'notice', 'data-ts': m.ts }, h('time', { title: fullTime(m.ts) }, clock(m.ts)), ' ', h('span', {}, mrkdwn(m.text)));
  }
  const app = m.bot_id || user(m.user)?.is_bot;
  const cls = ['message', how.compact && 'compact', how.pinned && 'pinned', m.ephemeral && 'ephemeral'].filter(Boolean).join(' ');
  const press = (block_id, e, fields) => act({ act: 'press', channel: channel.id, ts: m.ts, block_id, action_id: e.action_id, ...fields });
  const time = h('a', { class: 'time', title: fullTime(m.ts), href: `#${store.me}/${channel.id}`, onclick: (e) => e.preventDefault() }, clock(m.ts));
  return h('article', { class: cls, 'data-ts': m.ts },
    h('div', { class: 'gutter' }, how.compact ? time.cloneNode(true) : avatar(m, app)),
    h('div', { class: 'content' },
      m.ephemeral && h('div', { class: 'only' }, '👁 Only visible to you · ', button('Dismiss', () => act({ act: 'dismiss', channel: channel.id, ts: m.ts }), { class: 'plain' })),
      how.pinned && h('div', { class: 'only' }, '📌 Pinned'),
      !how.compact && h('div', { class: 'by' }, h('strong', {}, author(m)), app && h('span', { class: 'app' }, 'APP'), time),
      how.editing ? editor(channel, m) : body(m, press),
      files(m), reactions(channel, m),
      !how.inThread && m.reply_count > 0 && button([`💬 ${count(m.reply_count)}`], () => go(channel.id, m.ts), { class: 'replies' })),
    !m.ephemeral && tools(channel, m, how));
}

const HUES = [212, 340, 152, 30, 262, 188];
function avatar(m, app) {
  const name = author(m);
  const node = h('div', { class: 'avatar', 'aria-hidden': 'true' }, app ? '⚙' : name.split(' ').map((w) => w[0]).slice(0, 2).join('').toUpperCase());
  node.style.setProperty('--hue', HUES[[...name].reduce((sum, c) => sum + c.codePointAt(0), 0) % HUES.length]);
  return node;
}

function body(m, press) {
  const ctx = { press, live: true };
  const rich = m.blocks?.length && !(m.blocks.length === 1 && m.blocks[0].type === 'rich_text' && m.text);
  const main = rich ? h('div', { class: 'blocks' }, blocks(m.blocks, ctx).nodes) : m.text && h('div', { class: 'text' }, mrkdwn(m.text));
  const extra = attachments(m.attachments, ctx);
  if (m.edited) (main || extra[0])?.append(h('small', { class: 'edited', title: fullTime(m.edited.ts) }, ' (edited)'));
  return [main, extra];
}

const files = (m) => m.files?.length > 0 && h('div', { class: 'files' }, m.files.map((f) => add(h('span', { class: 'file' }), [picture(f), '📄 ', link(f.permalink ?? '', f.name ?? f.title ?? f.id), excerpt(f)])));

// A picture that was uploaded here is shown; what turns out to be none leaves its link alone.
function picture(f) {
  if (!/\.(png|jpe?g|gif|webp)$/i.test(f.name ?? '')) return null;
  const node = h('img', { src: `/files/${encodeURIComponent(f.id)}`, alt: f.name, onerror: () => node.remove() });
  return node;
}

// The words of a text, as Slack shows them under its name; once read, kept, for the page is drawn anew at every change.
const excerpts = new Map();
function excerpt(f) {
  if (!/\.(md|markdown|txt|log|json|csv)$/i.test(f.name ?? '')) return null;
  const node = h('pre', { class: 'excerpt' }, excerpts.get(f.id) ?? '');
  if (!excerpts.has(f.id))
    fetch(`/files/${encodeURIComponent(f.id)}`).then((answer) => (answer.ok ? answer.text() : ''), () => '').then((text) => {
      excerpts.set(f.id, text.slice(0, 4000));
      node.textContent = excerpts.get(f.id);
    });
  return node;
}

function reactions(channel, m) {
  if (!m.reactions?.length) return null;
  return h('div', { class: 'reactions' }, m.reactions.map((r) => {
    const mine = r.users.includes(store.me);
    return button([emoji(r.name) ?? `:${r.name}:`, ' ', h('span', {}, r.users.length)], () => act({ act: mine ? 'unreact' : 'react', channel: channel.id, ts: m.ts, name: r.name }),
      { class: mine ? 'reaction mine' : 'reaction', 'aria-pressed': String(mine), title: `${r.users.map(nameOf).join(', ')} reacted with :${r.name}:` });
  }), icon('☺+', 'Add a reaction', (e) => pickEmoji(e.currentTarget, (name) => act({ act: 'react', channel: channel.id, ts: m.ts, name })), { class: 'reaction' }));
}

function tools(channel, m, how) {
  const on = { channel: channel.id, ts: m.ts };
  const mine = m.user === store.me;
  const react = (name) => act({ act: m.reactions?.some((r) => r.name === name && r.users.includes(store.me)) ? 'unreact' : 'react', ...on, name });
  const reply = () => go(channel.id, isReply(m) ? m.thread_ts : m.ts);
  const pin = () => act({ act: how.pinned ? 'unpin' : 'pin', ...on });
  const edit = () => { store.draft = null; store.editing = `${channel.id}/${m.ts}/${how.inThread}`; store.draw(); };
  const remove = async () => {
    const yes = await confirm({ title: 'Delete message', text: { type: 'mrkdwn', text: m.text || 'This message will be gone for everybody.' }, confirm: 'Delete', style: 'danger' });
    if (yes) act({ act: 'delete', ...on });
  };
  const copy = () => navigator.clipboard?.writeText(typed(m.text)).then(() => toast('Copied.'), () => toast('The browser refused to copy.'));
  const shortcuts = (store.state.shortcuts ?? []).map((s) => [`⚡ ${s.name}`, () => act({ act: 'shortcut', callback_id: s.callback_id, ...on })]);
  const small = touch();
  const more = (e) => menu(e.currentTarget, [
    ...(small ? QUICK.map((name) => [emoji(name), () => react(name), 'quick', `React with ${name}`]) : []),
    small && ['😀 Another reaction', () => pickEmoji(anchor, react)],
    ['💬 Reply in thread', reply],
    [how.pinned ? '📌 Unpin' : '📌 Pin to channel', pin],
    ['📋 Copy text', copy],
    mine && ['✏️ Edit', edit],
    mine && ['🗑 Delete', remove, 'danger'],
    ...shortcuts,
  ], 'Message');
  const anchor = icon('⋯', 'More actions', more, { class: 'more' });
  return h('div', { class: 'tools' }, !small && [
    QUICK.slice(0, 3).map((name) => icon(emoji(name), `React with ${name}`, () => react(name))),
    icon('😀', 'Add a reaction', (e) => pickEmoji(e.currentTarget, react)),
    icon('💬', 'Reply in thread', reply),
  ], anchor);
}

function editor(channel, m) {
  const done = () => { store.editing = null; store.draw(); };
  const field = h('textarea', { 'aria-label': 'Edit message', value: store.draft ?? typed(m.text), rows: 2, oninput: () => { store.draft = field.value; }, onkeydown: (e) => {
    if (e.key === 'Escape') done();
    else if (e.key === 'Enter' && !e.shiftKey && !touch() && !e.isComposing) { e.preventDefault(); save(); }
  } });
  const save = async () => {
    if (!field.value.trim()) return;
    const answer = await act({ act: 'edit', channel: channel.id, ts: m.ts, text: field.value });
    if (answer.ok) done();
  };
  queueMicrotask(() => { field.focus(); field.setSelectionRange(field.value.length, field.value.length); }); // once it stands in the page
  return h('div', { class: 'editor' }, field, h('div', { class: 'row' }, button('Cancel', done), button('Save', save, { class: 'primary' })));
}

export const preview = (m) => (m.text ? withEmoji(typed(m.text)) : m.attachments?.[0]?.title ?? m.files?.[0]?.name ?? textObject(m.blocks?.find((b) => b.text)?.text).map((n) => n.textContent ?? n).join(''));
export { author };
