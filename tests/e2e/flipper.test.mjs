// The flipper provider against the real gem: off wipes, restore puts every gate back, a typo creates nothing.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { provider } from './lib/flag_call.mjs';
import { Flipper } from './lib/flipper.mjs';

const run = promisify(execFile);
const token = 'tok en"$(id)\'';
let flipper;
const vakt = (...words) => provider('flipper', flipper.url, words, flipper.token);

before(async () => { flipper = await Flipper.start('s3cret'); });
after(async () => { await flipper?.stop(); });

// A flag with every kind of gate.
async function gated(name) {
  const path = `/features/${encodeURIComponent(name)}`;
  await flipper.call('POST', '/features', { name });
  await flipper.call('POST', `${path}/actors`, { flipper_id: 'Særbruker;1 & 2=å' });
  await flipper.call('POST', `${path}/actors`, { flipper_id: 'User;3' });
  await flipper.call('POST', `${path}/groups`, { name: 'admins' });
  await flipper.call('POST', `${path}/groups`, { name: 'elsewhere', allow_unregistered_groups: 'true' });
  await flipper.call('POST', `${path}/percentage_of_actors`, { percentage: '25' });
  await flipper.call('POST', `${path}/percentage_of_time`, { percentage: '0.5' });
}

test('off lets nobody in, and restore puts every gate back', async () => {
  await gated('søknad');
  const was = await flipper.gates('søknad');
  const reading = await vakt('read', 'søknad');
  const { enabled, strategies } = reading.states.production;
  assert.equal(enabled, true);
  assert.deepEqual(strategies.map(({ shown }) => shown.split(':')[0]), ['actors', 'percentage_of_actors', 'percentage_of_time (0.5 %)', 'groups']);

  assert.deepEqual(await vakt('off', 'søknad', 'production'), { done: true });
  assert.deepEqual(await flipper.gates('søknad'), { boolean: null, actors: [], groups: [], percentage_of_actors: null, percentage_of_time: null });
  assert.equal(await flipper.share('søknad', 200), 0);
  assert.deepEqual((await vakt('read', 'søknad')).states.production, { enabled: false, strategies: [] });

  assert.deepEqual(await vakt('restore', 'søknad', 'production', reading.snapshot), { done: true });
  assert.deepEqual(await flipper.gates('søknad'), was);
  assert.deepEqual((await vakt('read', 'søknad')).states, reading.states);
});

test('on is for everybody, and restoring that is too', async () => {
  await gated('wide');
  assert.deepEqual(await vakt('on', 'wide', 'production'), { done: true });
  assert.equal(await flipper.share('wide', 100), 1);
  const reading = await vakt('read', 'wide');
  assert.deepEqual(reading.states.production.strategies.map(({ name }) => name), ['default']);
  await flipper.call('POST', '/features/wide/actors', { flipper_id: 'Late;1' });
  const both = await vakt('read', 'wide');
  await vakt('off', 'wide', 'production');
  await vakt('restore', 'wide', 'production', both.snapshot);
  assert.deepEqual((await flipper.gates('wide')).actors, ['Late;1']);
  assert.equal((await flipper.gates('wide')).boolean, 'true');
});

test('a percentage is what real actors get, from off and from on', async () => {
  await flipper.call('POST', '/features', { name: 'part' });
  assert.deepEqual(await vakt('percent', 'part', 'production', '30'), { done: true });
  const share = await flipper.share('part', 500);
  assert.ok(share > 0.22 && share < 0.38, `${share}`);
  await vakt('on', 'part', 'production');
  assert.deepEqual(await vakt('percent', 'part', 'production', '10'), { done: true });
  assert.ok((await flipper.share('part', 500)) < 0.16);
  assert.equal((await vakt('read', 'part')).states.production.strategies[0].parameters.rollout, '10');
  assert.equal((await vakt('percent', 'part', 'production', '0')).fault, 'unsupported');
  await flipper.call('POST', '/features/part/percentage_of_time', { percentage: '50' });
  assert.equal((await vakt('percent', 'part', 'production', '5')).fault, 'unsupported');
});

test('a name that is not there stays so, whatever is asked', async () => {
  const names = await flipper.names();
  for (const name of ['typo', 'SØKNAD', '..', '.', '', '/', 'part/boolean', 'part?x', '--help'])
    for (const order of [['read', name], ['off', name, 'production'], ['on', name, 'production'], ['percent', name, 'production', '5']]) {
      const { fault, text } = await vakt(...order);
      assert.ok(fault === 'not_found' || fault === 'unreachable', `${order}: ${fault} ${text}`);
    }
  assert.deepEqual(await flipper.names(), names);
});

test('odd names that are there are reached', async () => {
  for (const name of ['a b', 'å/b?c#d', '100%', "it's"]) {
    await flipper.call('POST', '/features', { name });
    await vakt('on', name, 'production');
    assert.equal((await flipper.gates(name)).boolean, 'true', name);
    assert.deepEqual(await vakt('off', name, 'production'), { done: true });
    assert.equal((await flipper.gates(name)).boolean, null, name);
  }
});

test('a wrong token, environment or address is told and never shown', async () => {
  const wrong = await provider('flipper', flipper.url, ['off', 'part', 'production'], token.replaceAll(' ', '-'));
  assert.equal(wrong.fault, 'refused');
  assert.ok(!wrong.text.includes('en"$(id)'), wrong.text);
  assert.equal((await vakt('off', 'part', 'staging')).fault, 'no_environment');
  const elsewhere = await provider('flipper', `${flipper.url}/nowhere`, ['off', 'part', 'production'], flipper.token);
  assert.equal(elsewhere.fault, 'unreachable');
  assert.match(elsewhere.text, /not as Flipper does/);
});

test('an environment that is away stops nothing in another, and is not taken for off', async () => {
  await flipper.call('POST', '/features', { name: 'half' });
  const addresses = `production=${flipper.url},staging=http://127.0.0.1:1`;
  const reading = await provider('flipper', addresses, ['read', 'half'], flipper.token);
  assert.equal(reading.states.production.enabled, false);
  assert.equal(reading.states.staging.enabled, true);
  assert.equal(reading.states.staging.strategies[0].readable, false);
  assert.deepEqual(await provider('flipper', addresses, ['off', 'half', 'production'], flipper.token), { done: true });
});

test('the command by hand says to a shell what it says to a person', async () => {
  const { snapshot } = await vakt('read', 'søknad');
  const words = async (...order) => {
    const { command } = await vakt('by_hand', ...order);
    assert.ok(!command.includes('s3cret'));
    const { stdout } = await run('bash', ['-c', `curl() { printf '%s\\n' "$@"; echo; }; ${command}`], { env: { PROVIDER_TOKEN: token, PATH: process.env.PATH } });
    return stdout.trimEnd().split('\n\n').map((one) => one.split('\n'));
  };
  const header = ['-H', `Authorization: Bearer ${token}`];
  assert.deepEqual(await words('off', "it's; rm $(x)", 'production'), [['-fsS', '-X', 'DELETE', ...header, `${flipper.url}/features/it%27s%3B%20rm%20%24%28x%29/boolean`]]);
  const back = await words('restore', 'søknad', 'production', snapshot);
  assert.equal(back.length, 7);
  assert.deepEqual(back[0], ['-fsS', '-X', 'DELETE', ...header, `${flipper.url}/features/s%C3%B8knad/boolean`]);

  // What such commands do, done: the flag is as it was.
  const was = await flipper.gates('søknad');
  await flipper.call('POST', '/features/s%C3%B8knad/boolean');
  for (const one of back) {
    const data = one.indexOf('-d');
    const url = new URL(one.at(-1));
    await flipper.call(one[2], url.pathname, data < 0 ? undefined : one[data + 1]);
  }
  assert.deepEqual(await flipper.gates('søknad'), was);
});

test('every flag of one environment is listed', async () => {
  const all = await vakt('catalog', 'production');
  assert.deepEqual(Object.keys(all).sort(), await flipper.names());
  assert.equal(all['wide'].states.production.enabled, true);
});
