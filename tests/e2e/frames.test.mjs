// What no client should get and one gets some day: frames, envelopes and commands of every wrong form.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { freePort } from './lib/process.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let space, vakt, kari, incidents, health;

beforeEach(async () => {
  space = await Workspace.start();
  health = `http://127.0.0.1:${await freePort()}`;
  vakt = await Vakt.start(space, `[http]\nlisten = "${health.slice(7)}"\n`);
  await space.connected(2);
  kari = space.person('U0KARI');
  incidents = (await space.channel('incidents')).id;
});

afterEach(async () => {
  try {
    if (vakt?.program.alive) await vakt.stop();
  } finally {
    await space?.stop();
  }
});

const metric = async (name) => Number((await (await fetch(`${health}/metrics`)).text()).match(new RegExp(`^${name} (.*)$`, 'm'))[1]);
const acks = async () => new Map((await space.control('acks')).acks.map((a) => [a.envelope_id, a.payload]));
const raw = (text, more = {}) => space.control('send_raw', { text, ...more });
const envelope = (id, type, payload) => JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: type !== 'events_api' });

async function allAcked(ids, ms = 20000) {
  let left = ids;
  await until(async () => {
    const known = await acks();
    left = ids.filter((id) => !known.has(id));
    return left.length === 0;
  }, 'an ack for every envelope', ms).catch((error) => { throw new Error(`${error.message}: ${left.length} without, as ${left.slice(0, 3)}`); });
}

// The same process, still doing its work.
async function stillWorks() {
  assert.ok(vakt.program.alive, vakt.program.tail());
  await space.connected(2);
  assert.equal(await metric('vakt_quarantined_total'), 0, 'nothing was set aside');
  const title = `Still works ${Math.random().toString(36).slice(2, 8)}`;
  await kari.say('incidents', `/incident test ${title}`);
  const slug = title.toLowerCase().replaceAll(' ', '-');
  const channel = await space.see('U0KARI', (s) => s.channels.find((c) => c.name.endsWith(slug) && c.members.includes('U0KARI')), `a channel ${slug}`);
  const number = JSON.parse(await vakt.command('incidents', '--json')).find((i) => i.title === title).number;
  const ts = await kari.say(channel.id, 'Heard?');
  await until(async () => (await vakt.exportJson(number)).entries.some((e) => e.slack?.ts === ts), 'its message in the record');
}

test('frames that are no envelopes', async () => {
  for (const text of ['', ' ', 'hello', 'null', '[]', '42', '"hello"', '{', '{}', '{"type":', '{"type":5}', '{"type":["hello"]}', '{"type":"novelty"}', '{"type":"hello"}', '{"type":"hello","num_connections":"many"}',
    '{"type":"hello","num_connections":-1e308,"debug_info":[]}', '{"type":"hello","debug_info":{"approximate_connection_time":1e300}}', '{"envelope_id":7,"type":"events_api"}', '{"envelope_id":null}', '{"envelope_id":""}',
    '{"envelope_id":{"a":1},"payload":1}', '\u0000', '\u0000{"type":"hello"}', '{"type":"\\u0000\\ud800"}', '%s%n%x', "'; DROP TABLE incidents; --", '{"type":"hello"}{"type":"hello"}', 'x'.repeat(1e6),
    '['.repeat(200000), '{"a":'.repeat(200000), `{"type":"hello","debug_info":${'['.repeat(50000)}${']'.repeat(50000)}}`, '"'.repeat(99999), '9'.repeat(100000)]) await raw(text);
  for (const bytes of [[], [0], [255, 254, 253], Buffer.from('{"type":"hello"}'), Buffer.alloc(2e6, 0x7b)]) await space.control('send_raw', { base64: Buffer.from(bytes).toString('base64') });
  await stillWorks();
});

test('a disconnect of no known reason is taken as a refresh', async () => {
  for (const frame of ['{"type":"disconnect"}', '{"type":"disconnect","reason":7}', '{"type":"disconnect","reason":"novelty"}']) {
    const before = (await space.control('sockets')).sockets[0].connection;
    await raw(frame);
    await until(async () => (await space.control('sockets')).sockets.every((s) => s.connection !== before), 'the connection to be replaced', 15000);
  }
  await stillWorks();
});

test('huge and deep envelopes are acknowledged; what no client could hold ends one connection', async () => {
  const event = (text) => ({ type: 'event_callback', event_id: `E${text.length}`, event: { type: 'message', channel: incidents, user: 'U0KARI', ts: '1700000000.000001', text } });
  await raw(envelope('five-megabytes', 'events_api', event('x'.repeat(5e6))));
  await raw(envelope('wide', 'events_api', { ...event('wide'), more: Array(500000).fill(0) }));
  await raw(`{"envelope_id":"deep","type":"events_api","payload":${'['.repeat(100000)}${']'.repeat(100000)}}`);
  await raw(`{"envelope_id":"deeper","type":"interactive","payload":${'{"a":'.repeat(100000)}1${'}'.repeat(100000)}}`);
  await raw(envelope('i'.repeat(100000), 'events_api', event('long id')));
  // Half an emoji: strictly JSON.
  await raw('{"envelope_id":"half","type":"slash_commands","payload":{"command":"/incident","text":"who \\ud83d","user_id":"U0KARI","channel_id":"C0","response_url":""},"accepts_response_payload":true}');
  await allAcked(['half', 'five-megabytes', 'wide', 'deep', 'deeper', 'i'.repeat(100000)]);
  const first = (await space.control('sockets')).sockets[0].connection;
  await raw('x'.repeat(20e6));
  await until(async () => (await space.control('sockets')).sockets.every((s) => s.connection !== first), 'the connection to be given up');
  await stillWorks();
});

// Every value of `good`, at every depth, left out or replaced by one of another kind.
function* variants(good) {
  const wrong = [undefined, null, true, 7, -1e300, '', 'x', '\u0000', [], {}, [[]], { type: 'x' }, 'C'.repeat(3000)];
  function* paths(value, path = []) {
    if (path.length) yield path;
    if (value && typeof value === 'object') for (const key of Object.keys(value)) yield* paths(value[key], [...path, key]);
  }
  for (const path of paths(good))
    for (const other of wrong) {
      const copy = structuredClone(good);
      let at = copy;
      for (const key of path.slice(0, -1)) at = at[key];
      if (other === undefined) delete at[path.at(-1)];
      else at[path.at(-1)] = other;
      yield copy;
    }
  for (const other of wrong.slice(1)) yield other;
}

test('missing and mistyped fields, in every kind of envelope', async () => {
  await kari.say('incidents', '/incident test Target');
  const target = await space.see('U0KARI', (s) => s.channels.find((c) => c.name === 'inc-1-target' && c.members.includes('U0KARI')), 'a channel');
  const ts = await kari.say(target.id, 'First');
  const channel = target.id;
  const user = { id: 'U0KARI', username: 'kari', team_id: 'T0' };
  const message = { type: 'message', channel, user: 'U0KARI', ts, text: 'First', thread_ts: ts, files: [{ id: 'F1', name: 'a.png', permalink: 'https://x/y' }], attachments: [{ text: 'a', fields: [{ title: 't', value: 'v' }] }],
    blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] }], edited: { user: 'U0KARI', ts }, metadata: { event_type: 'vakt', event_payload: { nonce: 'n' } } };
  const common = { user, channel: { id: channel, name: 'x' }, team: { id: 'T0' }, trigger_id: '1.2.x', response_url: 'http://127.0.0.1:1/respond/none' };
  const event = (body) => ({ type: 'event_callback', event_id: 'Ev', event_time: 1, event: body });
  const kinds = [
    ['events_api', event(message)],
    ['events_api', event({ type: 'message', subtype: 'message_changed', channel, ts, event_ts: ts, message: { ts, text: 'x', user: 'U0KARI', edited: { ts } }, previous_message: { ts } })],
    ['events_api', event({ type: 'message', subtype: 'message_deleted', channel, ts, deleted_ts: '1700000000.000009', event_ts: ts })],
    ['events_api', event({ type: 'reaction_added', user: 'U0KARI', reaction: 'pushpin', item: { type: 'message', channel, ts }, event_ts: ts })],
    ['events_api', event({ type: 'pin_added', user: 'U0KARI', channel_id: channel, item: { type: 'message', channel, message: { ts, permalink: 'p' } }, event_ts: ts })],
    ['events_api', event({ type: 'member_joined_channel', user: 'U0OLA', channel, channel_type: 'C', inviter: 'U0KARI', event_ts: ts })],
    ['events_api', event({ type: 'channel_rename', channel: { id: channel, name: 'inc-1-target', created: 1 } })],
    ['events_api', event({ type: 'channel_unarchive', channel, user: 'U0KARI' })],
    ['events_api', event({ type: 'app_home_opened', user: 'U0KARI', tab: 'home', channel: 'D1' })],
    ['events_api', { type: 'app_rate_limited', token: 't', team_id: 'T0', minute_rate_limited: 1518467820, api_app_id: 'A0' }],
    ['events_api', event({ type: 'novelty', what: { ever: 1 } })],
    ['slash_commands', { command: '/incident', text: 'who', user_id: 'U0KARI', channel_id: channel, channel_name: 'x', response_url: common.response_url, trigger_id: common.trigger_id }],
    ['interactive', { type: 'block_actions', ...common, actions: [{ type: 'button', action_id: 'tray#1', block_id: 'b', value: '1' }], container: { type: 'message', message_ts: ts }, message: { ts } }],
    ['interactive', { type: 'block_actions', ...common, actions: [{ type: 'static_select', action_id: 'note', selected_option: { value: '1', text: { type: 'plain_text', text: 'x' } } }], view: { id: 'V1' } }],
    ['interactive', { type: 'view_submission', ...common, response_urls: [{ response_url: 'http://127.0.0.1:1/respond/none', channel_id: channel }],
      view: { id: 'V1', callback_id: 'field', private_metadata: '1', state: { values: { field: { v: { type: 'static_select', selected_option: { value: 'impact' } } }, text: { v: { type: 'plain_text_input', value: '' } } } } } }],
    ['interactive', { type: 'message_action', callback_id: 'add_to_timeline', ...common, message: { ts, text: 'x', user: 'U0KARI' }, message_ts: ts }],
    ['interactive', { type: 'view_closed', ...common, view: { id: 'V1', callback_id: 'note' } }],
    ['novelty', { anything: { at: ['all'] } }],
  ];
  const ids = [];
  for (const [type, good] of kinds) {
    const sent = [];
    for (const payload of variants(good)) {
      const id = `${type}-${ids.length + sent.length}`;
      // Else most would be taken for a repetition of the first.
      if (payload?.event_id === 'Ev') payload.event_id = `Ev${id}`;
      sent.push([id, envelope(id, type, payload)]);
    }
    for (const [id, text] of sent) {
      await raw(text);
      ids.push(id);
    }
  }
  await raw('{"envelope_id":"no-type"}');
  await raw('{"envelope_id":"odd-type","type":{"a":[]},"payload":null,"accepts_response_payload":"yes"}');
  assert.ok(ids.length > 1000, `${ids.length} envelopes`);
  await allAcked([...ids, 'no-type', 'odd-type'], 60000);
  await stillWorks();
  const record = await vakt.exportJson(1);
  assert.equal(record.entries.filter((e) => e.slack?.ts === ts).length, 1);
});

test('commands of every wrong form are answered, and with something that helps', async () => {
  await kari.say('incidents', '/incident test Target');
  const target = await space.see('U0KARI', (s) => s.channels.find((c) => c.name === 'inc-1-target' && c.members.includes('U0KARI')), 'a channel');
  const texts = ['nonsense', 'declair sev1 x', 'declare', 'declare sev9', 'declare here', 'test', 'severity', 'severity lots', 'severity sev0', 'status', 'status done', 'lead', 'lead nobody', 'role', 'role x', 'note', 'update', 'mark', 'mark nothing',
    'mark down 99:99', 'note 25:61', 'cancel', 'resolve '.repeat(600), '999999 who', '99999999999999999999999 who', '-1 who', '0 update x', 'affected many', 'affected', 'link', 'link nowhere', '\u0000', '\u0000\u0001\u001b[31mred\u0007', '\u202e\u200b\ufeff',
    'A'.repeat(5000), 'é'.repeat(5000), 'note', '--', '—', '"', '`', '*', '\\', "'; DROP TABLE incidents; --", "note'); DELETE FROM entries; --", '%s%s%s%n%x%p', '{0}{1}{9}', '{}', '<!channel>', '<!here> <@U0OLA>', '<!everyone', '&lt;script&gt;', '<script>alert(1)</script>', '../../etc/passwd', '🔥🔥🔥'];
  // These can mean nothing: the answer must name the next thing to type.
  const meaningless = ['nonsense', 'declair sev1 x', 'severity lots', 'severity sev0', 'status done', 'mark nothing', 'mark down 99:99', '999999 who', '99999999999999999999999 who', 'A'.repeat(5000), "'; DROP TABLE incidents; --", '%s%s%s%n%x%p', '{0}{1}{9}'];
  const slow = [], silent = [], pings = [];
  let known = (await space.control('acks')).acks.length;
  for (const channel of [incidents, target.id])
    for (const text of texts) {
      const start = Date.now();
      const { ok } = await kari.raw('say', { channel, text: `/incident ${text}` });
      if (!ok || Date.now() - start > 1500) slow.push(text.slice(0, 40));
      const mine = (await space.control('acks')).acks.slice(known);
      known += mine.length;
      const payload = mine.map((a) => a.payload).find((p) => p);
      const shown = JSON.stringify(payload ?? null);
      if (meaningless.includes(text) && !shown.includes('/incident')) silent.push([text.slice(0, 40), shown.slice(0, 100)]);
      // A form or a post that everybody sees is an answer too.
      if (!payload) await space.see('U0KARI', (s) => s.views.length > 0 || s.channels.find((c) => c.id === channel).messages.at(-1).user === 'U0VAKT', `an answer to ${text.slice(0, 40)}`, 3000);
      for (const view of (await space.state()).views) await kari.raw('close', { view_id: view.id });
      if (/<!(channel|here|everyone)/.test(shown)) pings.push(text);
    }
  assert.deepEqual(slow, [], 'answered too late or not at all');
  assert.deepEqual(silent, [], 'answered without help');
  assert.deepEqual(pings, [], 'would ping a channel');
  // What can be a title or a note is taken as it is.
  const odd = ["Robert'); DROP TABLE incidents; --", '100 %s of {0} fail %n', '<b>bold</b> & co', 'x'.repeat(5000)];
  for (const text of odd) assert.ok((await kari.raw('say', { channel: target.id, text: `/incident note ${text}` })).ok);
  const record = await vakt.exportJson(1);
  const notes = record.entries.filter((e) => e.kind === 'note').map((e) => e.text);
  for (const text of odd) assert.ok(notes.some((n) => n === text || (text.length > 3000 && n.startsWith('xxx'))), `a note of ${text.slice(0, 40)}`);
  await stillWorks();
});
