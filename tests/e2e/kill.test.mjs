// kill -9 at any moment, hundreds of times under load: nothing acknowledged is lost, nothing stands twice.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { answeredOnce, incidentChannels, messages, sound } from './lib/sound.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

const KILLS = 200;
const seed = Number(process.env.VAKT_SEED || Date.now() % 2 ** 31);

// mulberry32: the same seed, the same choices (the moments themselves are the machine's).
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const below = (n) => Math.floor(random() * n);
const one = (list) => list[below(list.length)];

let space, vakt, people;

beforeEach(async () => {
  space = await Workspace.start();
  vakt = await Vakt.start(space);
  people = ['U0KARI', 'U0OLA', 'U0AMINA'].map((id) => space.person(id));
});

afterEach(async () => {
  try {
    if (vakt?.program.alive) await vakt.stop();
  } finally {
    await space?.stop();
  }
});

test(`killed ${KILLS} times while people talk, edit, note and declare`, async (t) => {
  t.diagnostic(`VAKT_SEED=${seed}`);
  await space.control('delivery', { retry_ms: 2000 });
  const said = new Map(); // channel -> messages
  const notes = new Map();
  const titles = [];
  let over = false;

  const declareOne = async (title) => {
    titles.push(title);
    while (!(await people[0].raw('say', { channel: incidents, text: `/incident test ${title}` })).ok) await sleep(100);
    const slug = title.toLowerCase().replaceAll(' ', '-');
    const channel = await until(async () => (await incidentChannels(space)).find((c) => c.name.endsWith(slug)), `the channel of ${title}`, 20000);
    for (const who of people) await who.join(channel.id);
    said.set(channel.id, []);
    notes.set(channel.id, []);
  };
  const incidents = (await space.channel('incidents')).id;
  await declareOne('Storm 0');

  const talk = async (who) => {
    for (let i = 0; !over; ++i) {
      const channel = one([...said.keys()]);
      const burst = below(40) === 0 ? 25 : 1;
      const texts = Array.from({ length: burst }, (_, k) => `${who.id} says ${i}.${k}`);
      const all = await Promise.all(texts.map(async (text) => ({ text, ts: await who.say(channel, text) })));
      said.get(channel).push(...all);
      if (below(12) === 0) {
        all[0].edited = `${all[0].text}, put right`;
        await who.edit(channel, all[0].ts, all[0].edited);
      }
      await sleep(40 + below(60));
    }
  };
  const takeNotes = async () => {
    for (let i = 0; !over; ++i) {
      const channel = one([...notes.keys()]);
      const note = { text: `Noted ${i}` };
      notes.get(channel).push(note);
      note.acked = (await people[1].raw('say', { channel, text: `/incident note ${note.text}` })).ok;
      await sleep(150 + below(300));
    }
  };
  const declareMore = async () => {
    for (let i = 1; !over && i <= 12; ++i) {
      await declareOne(`Storm ${i}`);
      await sleep(2000 + below(4000));
    }
  };
  const load = [...people.map(talk), takeNotes(), declareMore()];

  let connected = 0;
  const start = Date.now();
  for (let i = 0; i < KILLS; ++i) {
    // Some die while they start and connect, most at work.
    const early = below(3) === 0;
    const end = Date.now() + (early ? below(120) : 5000);
    while (Date.now() < end && (early || (await space.control('sockets')).sockets.length === 0)) await sleep(5);
    if (!early) await sleep(below(400));
    connected += (await space.control('sockets')).sockets.length > 0;
    await vakt.kill();
    vakt.launch();
  }
  over = true;
  await Promise.all(load);
  const seconds = (Date.now() - start) / 1000;
  const total = [...said.values()].flat().length;
  const acks = (await space.control('acks')).acks.length;
  t.diagnostic(`${KILLS} kills in ${seconds.toFixed(0)} s, ${connected} of them while connected; ${total} messages, ${(total / seconds).toFixed(0)} a second, ${acks} acks, ${titles.length} incidents`);

  const list = await until(async () => {
    const now = JSON.parse(await vakt.command('incidents', '--json'));
    return now.every((i) => i.channel.id) && now;
  }, 'every incident to have its channel', 30000);
  assert.deepEqual(list.map((i) => i.title).sort(), [...titles].sort(), 'one incident for each that was declared');
  const channels = await incidentChannels(space);
  assert.deepEqual(channels.map((c) => c.id).sort(), list.map((i) => i.channel.id).sort(), 'one channel for each incident');
  for (const { number, channel } of list) {
    const mine = said.get(channel.id);
    const record = await until(async () => {
      const now = await vakt.exportJson(number);
      const byTs = new Map(messages(now).map((e) => [e.slack.ts, e.text]));
      const { channel: shown } = await space.control('history', { channel: channel.id });
      return shown.bookmarks.length > 0 && mine.every((m) => byTs.get(m.ts) === (m.edited ?? m.text)) && now;
    }, `the ${mine.length} messages of incident ${number}`, 60000);
    await sound(space, record, mine, notes.get(channel.id));
  }
  await answeredOnce(space);
  assert.ok(connected > KILLS / 3, 'most kills hit a vakt at work');
});
