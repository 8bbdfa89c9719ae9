// The page of the local workspace: follows the server's state by long poll and draws it.
import { $, button, h, keep } from './dom.js';
import { composer } from './composer.js';
import { channelNodes, openChannel } from './messages.js';
import { drawModals, drawToasts, homeNodes } from './modal.js';
import { closePopup, toast } from './popup.js';
import { drawSide } from './side.js';
import { drawBookmarks, drawHeader, drawSidebar, showSidebar } from './sidebar.js';
import { act, go, here, markSeen, people, permalinked, readHash, store } from './store.js';

store.toast = toast;
store.draw = draw;

// ---- following the server

let asking = null;

async function follow() {
  let version = 0;
  let failures = 0;
  let me = null;
  for (;;) {
    if (me !== store.me) {
      me = store.me;
      version = 0;
    }
    asking = new AbortController();
    try {
      const user = me ?? 'U0KARI';
      const response = await fetch(`/page/state?user=${encodeURIComponent(user)}&version=${version}`, { signal: asking.signal });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const state = await response.json();
      failures = 0;
      $('banner').hidden = true;
      version = state.version;
      if (me === store.me || !store.me) receive(state);
    } catch (error) {
      if (asking.signal.aborted) continue;
      if (error instanceof TypeError || /^status/.test(error.message) || error instanceof SyntaxError) {
        // A server that was started again counts from one: ask it for everything.
        version = 0;
        if (++failures > 1) $('banner').hidden = false;
      } else {
        console.error(error);
      }
      await new Promise((done) => setTimeout(done, Math.min(250 * 2 ** failures, 3000)));
    }
  }
}

function receive(state) {
  store.state = state;
  for (const c of state.channels) c.is_im = c.id.startsWith('D');
  if (!store.me || !state.users.some((u) => u.id === store.me && !u.is_bot)) {
    const { place, thread } = readHash();
    const first = people()[0]?.id;
    history.replaceState(null, '', `#${[first, place, thread].filter(Boolean).join('/')}`);
    store.me = first;
    asking?.abort();
  }
  if (!store.place) {
    const first = state.channels.find((c) => c.name === 'incidents') ?? state.channels.find((c) => c.is_member) ?? state.channels[0];
    history.replaceState(null, '', `#${store.me}/${first?.id ?? 'home'}`);
    arrive();
    return;
  }
  draw();
}

// ---- where one is

function arrive() {
  const { me, place, thread } = readHash();
  const moved = place !== store.place || me !== store.me;
  const turned = me !== store.me;
  Object.assign(store, { me, place, thread });
  closePopup();
  if (turned) asking?.abort();
  if (moved) {
    store.editing = null;
    store.state && here() && openChannel(here());
    if (place === 'home') act({ act: 'home' });
  }
  if (turned && store.state) return; // The new person's state is on its way.
  if (store.state && !place) receive(store.state);
  else draw();
}

// ---- drawing

let drawn = { place: null };
const fromBottom = (list) => list.scrollHeight - list.scrollTop - list.clientHeight;

function draw() {
  if (!store.state || !store.me) return;
  const channel = here();
  const list = $('list');
  const fresh = drawn.place !== `${store.me}/${store.place}`;
  if (fresh && channel && drawn.me !== store.me) openChannel(channel);
  // What one says oneself, and what an app answers to it, is shown; what others say waits below.
  const news = fresh ? [] : (channel?.messages ?? []).filter((m) => m.ts > drawn.last && !(m.thread_ts && m.thread_ts !== m.ts));
  const bottom = fresh || fromBottom(list) < 60 || news.some((m) => m.ephemeral || m.user === store.me);
  const last = (channel?.messages ?? []).reduce((ts, m) => (m.ts > ts ? m.ts : ts), '0');
  drawn = { place: `${store.me}/${store.place}`, me: store.me, last };
  keep(list, store.place === 'home' ? homeNodes() : channel ? channelNodes(channel) : [h('p', { class: 'empty' }, 'This channel does not exist, or you cannot see it.')]);
  if (channel && document.visibilityState === 'visible') markSeen(channel);
  drawFoot(channel);
  drawBookmarks(channel);
  drawHeader(channel);
  drawSidebar();
  drawSide(channel);
  drawModals();
  drawToasts();
  if (bottom) list.scrollTop = store.place === 'home' ? 0 : list.scrollHeight;
  if (bottom || news.length) $('newer').hidden = bottom;
  if (store.show) point();
}

// Scrolls to the message that somebody asked to see, once it is there.
function point() {
  const node = document.querySelector(`[data-ts="${CSS.escape(store.show)}"]`);
  if (!node) return;
  store.show = null;
  node.scrollIntoView({ block: 'center' });
  node.classList.add('flash');
  setTimeout(() => node.classList.remove('flash'), 2000);
}

let footKey = '';
function drawFoot(channel) {
  const kind = !channel ? 'none' : channel.is_archived ? 'archived' : channel.is_member ? 'composer' : 'join';
  const key = `${kind}/${store.me}/${channel?.id}/${channel?.name}`;
  if (key === footKey) return;
  footKey = key;
  keep($('foot'), {
    none: () => [],
    archived: () => [h('p', { class: 'empty' }, 'This channel is archived.')],
    join: () => [h('div', { class: 'join' }, h('span', {}, `You are looking at #${channel.name}.`), button('Join channel', () => act({ act: 'join', channel: channel.id }), { class: 'primary' }))],
    composer: () => [composer(channel)],
  }[kind]());
  if (kind === 'composer' && !matchMedia('(pointer: coarse)').matches) $('foot').querySelector('textarea').focus();
}

// ---- start

// A list that stood at its bottom stays there when the window or the keyboard changes its height.
let height = 0;
new ResizeObserver(([entry]) => {
  const list = $('list');
  const lost = height - entry.contentRect.height;
  if (lost > 0 && list.scrollHeight - list.scrollTop - list.clientHeight < lost + 60 && store.place !== 'home') list.scrollTop = list.scrollHeight;
  height = entry.contentRect.height;
}).observe($('list'));

addEventListener('hashchange', arrive);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && draw());
$('newer').append(button('↓ New messages', () => { $('list').scrollTop = $('list').scrollHeight; }));
$('list').addEventListener('scroll', () => { if (fromBottom($('list')) < 60) $('newer').hidden = true; });
$('shade').addEventListener('click', () => showSidebar(false));
addEventListener('keydown', (e) => {
  if (e.key !== 'Escape' || e.defaultPrevented || document.querySelector('dialog[open]')) return;
  if (document.body.classList.contains('sidebar-open')) showSidebar(false);
  else if (store.thread) go(store.place);
  else if (store.details) { store.details = false; draw(); }
});
const asked = permalinked(location.href); // A permalink was opened in a tab of its own.
if (asked) {
  history.replaceState(null, '', `/#${readHash().me ?? 'U0KARI'}/${asked.place}`);
  store.show = asked.ts;
}
Object.assign(store, readHash());
if (store.place === 'home' && store.me) act({ act: 'home' });
follow();
