// kill -9 at any moment, hundreds of times under load: nothing acknowledged is lost, nothing stands twice.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
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

const incidentChannels = async () => (await space.ask('conversations.list', { limit: '999' })).channels.filter((c) => c.name.startsWith('inc-'));
const messages = (record) => record.entries.filter((e) => e.kind === 'message');
const times = (list, value) => list.filter((each) => each === value).length;

// Everything that must hold of an incident, however vakt came to it.
async function sound(record, said, notes) {
  const heard = messages(record).map((e) => e.slack.ts);
  assert.equal(new Set(heard).size, heard.length, `messages of incident ${record.number} that stand there twice`);
  const known = new Set(heard);
  assert.deepEqual(said.filter((m) => !known.has(m.ts)).map((m) => m.text), [], `messages missing from incident ${record.number}`);
  assert.equal(heard.length, said.length, `incident ${record.number} holds only what people said`);
  assert.deepEqual(record.entries.map((e) => e.seq).sort((a, b) => a - b), record.entries.map((_, i) => i + 1), 'seq is dense from 1');
  const byTs = new Map(messages(record).map((e) => [e.slack.ts, e]));
  for (const m of said) {
    assert.equal(byTs.get(m.ts).text, m.edited ?? m.text);
    assert.ok(byTs.get(m.ts).versions.every((v) => v.text === m.text) && byTs.get(m.ts).versions.length <= (m.edited ? 1 : 0), `the versions of ${m.ts}`);
  }
  const noted = record.entries.filter((e) => e.kind === 'note').map((e) => e.text);
  for (const note of notes) {
    if (note.acked) assert.equal(times(noted, note.text), 1, `the acknowledged note "${note.text}"`);
    else assert.ok(times(noted, note.text) <= 1, `the note "${note.text}"`);
  }
  assert.equal(record.entries.filter((e) => e.kind === 'system' && e.text.includes(record.title)).length, 1, 'declared once');

  const { messages: shown, channel } = await space.control('history', { channel: record.channel.id });
  const posts = shown.filter((m) => m.user === 'U0VAKT' && !m.subtype && !m.ephemeral_for);
  const nonces = posts.map((m) => m.metadata.event_payload.nonce);
  assert.equal(new Set(nonces).size, nonces.length, 'no post stands there twice');
  assert.equal(posts.filter((m) => JSON.stringify(m.blocks).includes('"resolve')).length, 1, `one headline in ${channel.name}`);
  assert.equal(channel.bookmarks.length, 1, `one bookmark in ${channel.name}`);
  assert.ok((await space.ask('pins.list', { channel: channel.id })).items.length === 1, `one pin in ${channel.name}`);
}

// Every command's answers over its response_url, and those for one person's eyes: none came twice.
async function answeredOnce() {
  const { calls } = await space.control('calls');
  const told = calls.filter((c) => c.method === 'respond' || c.method === 'chat.postEphemeral').map((c) => JSON.stringify([c.method, c.args.channel, c.args.text]));
  assert.deepEqual(told.filter((t) => times(told, t) > 1), [], 'answers that came twice');
}

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
    const channel = await until(async () => (await incidentChannels()).find((c) => c.name.endsWith(slug)), `the channel of ${title}`, 20000);
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
    await sleep(below(3) === 0 ? below(120) : 120 + below(600));
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
  const channels = await incidentChannels();
  assert.deepEqual(channels.map((c) => c.id).sort(), list.map((i) => i.channel.id).sort(), 'one channel for each incident');
  for (const { number, channel } of list) {
    const mine = said.get(channel.id);
    const record = await until(async () => {
      const now = await vakt.exportJson(number);
      const byTs = new Map(messages(now).map((e) => [e.slack.ts, e.text]));
      const { channel: shown } = await space.control('history', { channel: channel.id });
      return shown.bookmarks.length > 0 && mine.every((m) => byTs.get(m.ts) === (m.edited ?? m.text)) && now;
    }, `the ${mine.length} messages of incident ${number}`, 60000);
    await sound(record, mine, notes.get(channel.id));
  }
  await answeredOnce();
  assert.ok(connected > KILLS / 3, 'most kills hit a vakt at work');
});

// The moments when Slack has done it and vakt does not know yet.
for (const method of ['conversations.create', 'chat.postMessage', 'conversations.setTopic', 'conversations.invite', 'pins.add', 'bookmarks.add', 'respond', 'users.info']) {
  for (const how of ['the answer is late', 'the answer is lost']) {
    test(`killed when ${method} was carried out and ${how}`, async () => {
      // A response_url is no method: there the kill follows the call.
      if (method !== 'respond') await space.control('fault', { method, times: 1, ...(how === 'the answer is late' ? { delay_ms: 3000 } : { drop: 'after' }) });
      await space.control('calls', { clear: true });
      assert.ok((await people[0].raw('say', { channel: (await space.channel('incidents')).id, text: '/incident declare sev2 Aimed' })).ok);
      await until(async () => (await space.control('calls')).calls.some((c) => c.method === method), `a call of ${method}`);
      await vakt.kill();
      await vakt.run();
      const channel = await until(async () => (await incidentChannels())[0], 'the channel', 20000);
      const ts = await people[0].say(channel.id, 'After');
      const record = await until(async () => {
        const now = await vakt.exportJson(1);
        const { channel: shown } = await space.control('history', { channel: channel.id });
        return messages(now).length === 1 && shown.bookmarks.length > 0 && shown.members.includes('U0KARI') && now;
      }, 'the incident to be complete', 30000);
      await sleep(500);
      await sound(record, [{ ts, text: 'After' }], []);
      await answeredOnce();
      assert.equal((await incidentChannels()).length, 1, 'one channel');
      const announced = (await space.history('incidents')).filter((m) => m.user === 'U0VAKT' && !m.ephemeral_for && JSON.stringify(m).includes(channel.id));
      assert.equal(announced.length, 1, 'one announcement');
    });
  }
}
