// What must hold of an incident, however vakt came to it.
import assert from 'node:assert/strict';

export const incidentChannels = async (space) => (await space.ask('conversations.list', { limit: '999' })).channels.filter((c) => c.name.startsWith('inc-'));
export const messages = (record) => record.entries.filter((e) => e.kind === 'message');
const times = (list, value) => list.filter((each) => each === value).length;

// said: {ts, text, edited?}; notes: {text, acked}.
export async function sound(space, record, said, notes) {
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
export async function answeredOnce(space) {
  const { calls } = await space.control('calls');
  const told = calls.filter((c) => c.method === 'respond' || c.method === 'chat.postEphemeral').map((c) => JSON.stringify([c.method, c.args.channel, c.args.text]));
  assert.deepEqual(told.filter((t) => times(told, t) > 1), [], 'answers that came twice');
}
