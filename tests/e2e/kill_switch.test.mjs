// The kill switch as people use it: in an incident's channel, outside of one, wrong and undone, while nothing can be
// recorded, and from a terminal. The flags are in a definition file, as where no flag service is configured.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { lock } from './lib/database.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let space, vakt, kari, nils, file;

const flag = (state) => ({ state, variants: { on: true, off: false }, defaultVariant: 'on' });

beforeEach(async () => {
  space = await Workspace.start();
  file = join(space.folder, 'flags.flagd.json');  // beside the database: found without configuration
  await writeFile(file, JSON.stringify({ flags: { 'new-checkout': flag('ENABLED'), 'dark-mode': flag('ENABLED'), 'old-thing': flag('DISABLED') } }, null, 2));
  vakt = await Vakt.start(space);
  kari = space.person('U0KARI');  // on call
  await until(async () => (await space.control('calls')).calls.some((c) => c.method === 'usergroups.list'), 'the operators to be known');
});

afterEach(async () => {
  try {
    if (vakt?.program.alive) await vakt.stop();
  } finally {
    await space?.stop();
  }
});

const state = async (name) => JSON.parse(await readFile(file, 'utf8')).flags[name].state;
const words = (message) => `${message.text}\n${JSON.stringify(message.blocks)}`;
const texts = (channel) => channel.messages.map(words);
// Waits until a message that Kari sees in a channel matches.
const sees = (name, pattern, what = `${pattern} in ${name}`, who = 'U0KARI') => space.see(who, (s) => s.channels.find((c) => c.name === name || c.id === name)?.messages.find((m) => pattern.test(words(m))), what, 8000);
const buttons = (message) => message.blocks.flatMap((b) => b.elements ?? []).filter((e) => e.type === 'button');
const button = (message, label) => buttons(message).find((b) => b.text.text === label) ?? assert.fail(`no button “${label}” among ${buttons(message).map((b) => b.text.text)}`);
const press = (who, channel, message, label) => who.press(channel, message.ts, button(message, label).action_id);

async function incident(title = 'Checkout broken') {
  await kari.say('incidents', `/incident declare sev1 ${title}`);
  return (await space.see('U0KARI', (s) => s.channels.find((c) => c.name.startsWith('inc-1-') && c.members.includes('U0KARI') && c.pins.length === 1), 'the channel')).id;
}

test('a wrong flag is killed and undone, the right one is killed and proven, all of it is in the record', async () => {
  const channel = await incident();
  await kari.say(channel, '/flag off dark-mode');
  const wrong = await sees(channel, /dark-mode.*OFF/s);
  assert.equal(await state('dark-mode'), 'DISABLED');
  await press(kari, channel, wrong, 'Undo');
  await until(async () => (await state('dark-mode')) === 'ENABLED', 'the flag to be as it was');
  await sees(channel, /dark-mode.*as it was/s);
  await sees(channel, /Undone since/);

  await kari.say(channel, '/flag off new-checkout');
  await sees(channel, /new-checkout.*OFF/s);
  assert.equal(await state('new-checkout'), 'DISABLED');

  const record = await until(async () => {
    const now = await vakt.exportJson(1);
    return now.entries.filter((e) => e.kind === 'flag').length >= 3 && now;
  }, 'the record to have all three');
  assert.deepEqual(record.flags.map((f) => [f.name, f.change, f.environment, f.standing, f.by]), [
    ['dark-mode', 'off', 'production', 'proven', 'U0KARI'], ['dark-mode', 'restore', 'production', 'proven', 'U0KARI'], ['new-checkout', 'off', 'production', 'proven', 'U0KARI'],
  ]);
  for (const f of record.flags) assert.ok(f.requested_at <= f.stored_at && f.stored_at <= f.verified_at, JSON.stringify(f));
  assert.equal(record.entries.filter((e) => e.kind === 'flag').length, 3, 'an entry each');
  const announced = (await space.history('incidents')).filter((m) => m.user === 'U0VAKT' && !m.ephemeral_for && /new-checkout/.test(words(m)));
  assert.equal(announced.length, 1, 'one post a change in the announce channel, edited in place');
  assert.match(words(announced[0]), /OFF/);
});

test('outside an incident the answer offers to add it to one, or to declare one with it', async () => {
  await kari.say('incidents', '/flag off new-checkout');
  const answer = await sees('incidents', /Declare with this kill/);
  assert.match(words(answer), /OFF/);
  await press(kari, 'incidents', answer, 'Declare with this kill');
  await space.see('U0KARI', (s) => s.channels.find((c) => c.name.startsWith('inc-1-')), 'the channel');
  const record = await vakt.exportJson(1);
  assert.deepEqual(record.flags.map((f) => f.name), ['new-checkout']);
  assert.equal(record.entries.filter((e) => e.kind === 'flag').length, 1);
});

test('a name that is not there is answered with those that look like it, each a button', async () => {
  await kari.say('incidents', '/flag off new-chekout');
  const answer = await sees('incidents', /Turn off new-checkout/);
  assert.match(words(answer), /not\\?\* changed/);
  await press(kari, 'incidents', answer, 'Turn off new-checkout');
  await until(async () => (await state('new-checkout')) === 'DISABLED', 'the right one to be off');
});

test('somebody who is not on call asks, and whoever is has a button', async () => {
  const other = (await space.state()).users.find((u) => !u.is_bot && u.id !== 'U0KARI' && u.id !== 'U0OLA').id;
  nils = space.person(other);
  await nils.say('incidents', '/flag off new-checkout');
  const asked = await sees('incidents', /asks to turn/);
  assert.equal(await state('new-checkout'), 'ENABLED');
  await nils.press('incidents', asked.ts, button(asked, 'Turn off in production').action_id).catch(() => {});
  await sleep(1500);
  assert.equal(await state('new-checkout'), 'ENABLED', 'the button is for those who may');
  await press(kari, 'incidents', asked, 'Turn off in production');
  await until(async () => (await state('new-checkout')) === 'DISABLED', 'the flag to be off');
});

test('turning on shows who will see it, and takes the name', async () => {
  const channel = await incident();
  await kari.say(channel, '/flag on old-thing');
  const form = await space.see('U0KARI', (s) => s.views.at(-1), 'the form');
  assert.match(JSON.stringify(form.view), /nobody.*everyone/s);
  const wrong = await kari.submit(form.id, { name: { name: { type: 'plain_text_input', value: 'old-think' } }, reason: { reason: { type: 'plain_text_input', value: null } } });
  assert.ok(wrong.errors?.name, 'a name that differs is refused');
  assert.equal(await state('old-thing'), 'DISABLED');
  const right = await kari.submit(form.id, { name: { name: { type: 'plain_text_input', value: 'old-thing' } }, reason: { reason: { type: 'plain_text_input', value: null } } });
  assert.ok(right.ok && !Object.keys(right.errors ?? {}).length, JSON.stringify(right));
  await until(async () => (await state('old-thing')) === 'ENABLED', 'the flag to be on');
  await sees(channel, /old-thing.*ON/s);
});

test('status, list, lint, history and a bare /flag answer', async () => {
  await kari.say('incidents', '/flag status new-checkout');
  await sees('incidents', /everyone: strategy/);
  await kari.say('incidents', '/flag list');
  await sees('incidents', /dark-mode.*everyone.*old-thing.*nobody/s);
  await kari.say('incidents', '/flag lint');
  await sees('incidents', /Nothing found in 3 flags/);
  await writeFile(file, (await readFile(file, 'utf8')).replace('DISABLED', 'ENABLED'));  // by hand
  await until(async () => {
    await kari.say('incidents', '/flag');
    return texts(await space.channel('incidents')).some((t) => /old-thing/.test(t) && /last 24 hours/.test(t));
  }, 'the change by hand to be listed', 20000);
  await kari.say('incidents', '/flag off');
  await sees('incidents', /flag off NAME/);
});

test('a kill goes out while the database is locked, says so, and is recorded afterwards', async () => {
  const channel = await incident();
  const unlock = await lock(vakt.env.VAKT_DATABASE);
  const start = Date.now();
  await kari.say(channel, '/flag off new-checkout');
  assert.ok(Date.now() - start < 1000, 'answered at once');
  await until(async () => (await state('new-checkout')) === 'DISABLED', 'the flag to be off', 2000);
  await sees(channel, /NOT RECORDED YET/);
  await unlock();
  const record = await until(async () => {
    const now = await vakt.exportJson(1);
    return now.flags.length === 1 && now.flags[0].standing === 'proven' && now;
  }, 'the record to have it');
  assert.equal(record.entries.filter((e) => e.kind === 'flag').length, 1);
  assert.match(vakt.program.log, /NOT RECORDED YET/);
});

test('the terminal kills without Slack, and the record gets it once vakt is back', async () => {
  await incident();
  await vakt.stop();
  const { code, stdout } = await vakt.attempt('flag', 'off', 'new-checkout', '--json');
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout).standing, 'proven');
  assert.equal(await state('new-checkout'), 'DISABLED');
  assert.equal((await vakt.attempt('flag', 'off', 'new-chekout')).code, 1);
  await vakt.run();
  const record = await until(async () => {
    const now = await vakt.exportJson(1);
    return now.flags.length >= 1 && now;
  }, 'the record to have it');
  assert.equal(record.flags[0].name, 'new-checkout');
  assert.match(record.flags[0].by, /^terminal:/);
  assert.match((await vakt.attempt('flag', 'history', 'new-checkout', '--json')).stdout, /"proven"/);
});

test('killed between the order and its answer, vakt reads the truth again and tells it once', async () => {
  const channel = await incident();
  for (let round = 0; round < 4; ++round) {
    const before = (await vakt.exportJson(1)).flags.length;
    const said = kari.say(channel, '/flag off new-checkout').catch(() => {});
    await sleep(5 * round);
    await vakt.kill();
    await vakt.run();
    await said;
    const record = await until(async () => {
      const now = await vakt.exportJson(1);
      return now.flags.length > before && now.flags.every((f) => f.standing === 'proven') && now;
    }, 'the kill to be proven', 15000).catch(async () => { await kari.say(channel, '/flag off new-checkout'); return until(async () => { const now = await vakt.exportJson(1); return now.flags.length > before && now; }, 'the repeated kill'); });
    assert.equal(await state('new-checkout'), 'DISABLED');
    assert.equal(record.flags.length, before + 1, 'once');
    await writeFile(file, (await readFile(file, 'utf8')).replace('DISABLED', 'ENABLED'));
  }
});
