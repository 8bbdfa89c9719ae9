// Bad days of the flag service, as the person who kills sees them: what happened, what it means, what to do next; and
// never OFF before it is proven.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, test } from 'node:test';
import { limitFiles } from './lib/database.mjs';
import { ScriptedUnleash, answers, hangsUp, silence } from './lib/scripted_unleash.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

const TOKEN = 'user:0123456789abcdef';
let unleash, space, vakt, kari, channel;

async function start(config = '', env = { UNLEASH_URL: unleash.url, UNLEASH_API_TOKEN: TOKEN }) {
  vakt = new Vakt(space);
  Object.assign(vakt.env, env);
  await writeFile(vakt.config, `[http]\nlisten = ""\n${config}`);
  await vakt.run();
  await until(async () => (await space.control('calls')).calls.some((c) => c.method === 'usergroups.list'), 'the operators to be known');
  await kari.say('incidents', '/incident declare sev1 Checkout broken');
  channel = (await space.see('U0KARI', (s) => s.channels.find((c) => c.name.startsWith('inc-1-') && c.members.includes('U0KARI') && c.pins.length === 1), 'the channel')).id;
}

beforeEach(async () => {
  unleash = await ScriptedUnleash.start();
  unleash.flag('checkout');
  space = await Workspace.start();
  kari = space.person('U0KARI');
});

afterEach(async () => {
  try {
    if (vakt?.program.alive) await vakt.stop();
    assert.ok(!JSON.stringify(await space.state()).includes(TOKEN), 'no post holds the token');
  } finally {
    await space?.stop();
    await unleash?.stop();
  }
});

const words = (message) => `${message.text}\n${JSON.stringify(message.blocks)}`;
const sees = (pattern, ms = 8000) => space.see('U0KARI', (s) => s.channels.find((c) => c.id === channel).messages.find((m) => pattern.test(words(m))), `${pattern}`, ms);
const everything = async () => (await space.channel(channel)).messages.map(words).join('\n');
const kill = (name = 'checkout') => kari.say(channel, `/flag off ${name}`);
const proven = (ms = 30000) => until(async () => {
  const { flags } = await vakt.exportJson(1);
  return flags.length && flags.every((f) => f.standing === 'proven') && flags;
}, 'the record to say that it is proven', ms);

const unauthorized = answers(401, JSON.stringify({ name: 'AuthenticationRequired', message: 'You must log in to use Unleash.' }));
const forbidden = answers(403, JSON.stringify({ name: 'PermissionError', message: 'You do not have the required permission UPDATE_FEATURE_ENVIRONMENT', permissions: ['UPDATE_FEATURE_ENVIRONMENT'] }));
const changeRequest = answers(403, JSON.stringify({ name: 'PermissionError', message: 'Change requests are enabled in project "default" for environment "production"' }));
const conflict = answers(409, JSON.stringify({ name: 'ConflictError', message: 'The database is in maintenance.' }));

for (const [what, order, pattern] of [
  ['401', unauthorized, /does not accept the token \(401\).*personal access token of an Editor.*Go on at http[^ ]*\/features\/checkout/s],
  ['403', forbidden, /lacks UPDATE_FEATURE_ENVIRONMENT.*Go on at http/s],
  ['a change request that is enforced', changeRequest, /change request.*somebody else has to approve.*Go on at http[^ ]*\/projects\/default\/features\/checkout/s],
  ['409', conflict, /refused \(409\): The database is in maintenance/],
])
  test(`an order that is refused (${what}) is told as such, with what to do, and is not tried for ever`, async () => {
    unleash.order = order;
    await start();
    await kill();
    const said = words(await sees(/was \*not\* changed/));
    assert.match(said, pattern);
    assert.match(said, /By hand:.*curl .*\$UNLEASH_API_TOKEN/s);
    assert.equal(unleash.flags.get('checkout'), true);
    const { length } = unleash.orders;
    await sleep(2000);
    assert.equal(unleash.orders.length, length, 'over is over');
    assert.doesNotMatch(await everything(), /is \*OFF\*/);
    assert.equal((await vakt.exportJson(1)).flags[0].standing, 'failed');
  });

for (const [what, order] of [['500', answers(500, 'oops')], ['502 in HTML', answers(502, '<html>Bad gateway</html>', 'text/html')], ['a login page', answers(200, '<html>Please log in</html>', 'text/html')], ['a connection that is cut', hangsUp]])
  test(`an order that gets ${what}: UNKNOWN until it is proven, and no sooner OFF`, async () => {
    unleash.order = order;
    await start();
    await kill();
    const said = words(await sees(/UNKNOWN/));
    assert.match(said, /tried again until it is proven/);
    assert.match(said, /By hand:.*curl/s);
    assert.match(said, /Stop trying/);
    assert.doesNotMatch(said, /is \*OFF\*/);
    unleash.order = null;
    await sees(/checkout.*is \*OFF\*/s, 20000);
    await proven();
    assert.equal(unleash.flags.get('checkout'), false);
  });

test('a flag that is not there any more (404): told with what looks like it, and a button', async () => {
  await start();
  unleash.flags.delete('checkout');
  unleash.flag('checkout-v2');
  await kill();
  const said = await sees(/was \*not\* changed/);
  assert.match(words(said), /has no such flag|has no flag called checkout/);
  assert.match(words(said), /Turn off checkout-v2/);
  await kari.press(channel, said.ts, said.blocks.flatMap((b) => b.elements ?? []).find((e) => e.text?.text === 'Turn off checkout-v2').action_id);
  await until(() => unleash.flags.get('checkout-v2') === false, 'the right one to be off');
});

test('an order whose answer comes only after 40 s lands after 9: UNKNOWN, then seen, told once, and repeated no more', async () => {
  unleash.order = (_request, response, name) => {
    if (unleash.orders.length > 1) return;
    setTimeout(() => unleash.turn(name, false, 'vakt-token'), 9000);
    setTimeout(() => response.destroyed || response.end(), 40000).unref();
  };
  await start();
  await kill();
  await sees(/UNKNOWN/);
  await sees(/checkout.*is \*OFF\*/s, 30000);
  const sent = unleash.orders.length;
  const [flag] = await proven();
  assert.ok(Date.parse(flag.verified_at) - Date.parse(flag.requested_at) >= 8900, JSON.stringify(flag));
  unleash.turn('checkout', true);  // somebody decides
  await sees(/was killed and is ON again.*turned on by ola/s, 10000);
  assert.equal(unleash.orders.length, sent, 'theirs stands');
  assert.equal(unleash.flags.get('checkout'), true);
});

test('nothing answers at all: UNKNOWN says so; a person stops it, and that is told as not known', async () => {
  await start();
  unleash.order = silence;
  unleash.reading = silence;
  await kill();
  const unknown = await sees(/UNKNOWN/, 12000);
  assert.match(words(unknown), /no answer in time/);
  await kari.press(channel, unknown.ts, unknown.blocks.flatMap((b) => b.elements ?? []).find((e) => e.text?.text === 'Stop trying').action_id);
  assert.match(words(await sees(/No further tries/, 12000)), /What it is now is not known/);
  assert.doesNotMatch(await everything(), /is \*OFF\*/);
});

test('the disk is full: the kill goes out, NOT RECORDED YET, and is recorded once there is room', async () => {
  await start();
  await limitFiles(vakt.program.child.pid, 4096);
  await kill();
  await until(() => unleash.flags.get('checkout') === false, 'the flag to be off', 3000);
  await sees(/NOT RECORDED YET/);
  await limitFiles(vakt.program.child.pid, null);
  const flags = await proven();
  assert.equal(flags.length, 1);
  assert.equal(unleash.orders.length, 1, 'sent once');
});

test('`run` hangs: the terminal kills beside it, and the record gets it once it goes on', async () => {
  await start();
  process.kill(vakt.program.child.pid, 'SIGSTOP');
  try {
    const { code, stdout } = await vakt.attempt('flag', 'off', 'checkout');
    assert.equal(code, 0);
    assert.match(stdout, /"checkout" in production \(unleash\) is OFF/);
    assert.equal(unleash.flags.get('checkout'), false);
  } finally {
    process.kill(vakt.program.child.pid, 'SIGCONT');
  }
  const [flag] = await proven();
  assert.match(flag.by, /^terminal:/);
  assert.equal(unleash.orders.length, 1);
});

test('the terminal says it too: refused 1, not proven 3, with the command by hand and no token', async () => {
  unleash.order = changeRequest;
  await start();
  const refused = await vakt.attempt('flag', 'off', 'checkout');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /Nothing was changed: .*change request/);
  assert.ok(!`${refused.stdout}${refused.stderr}`.includes(TOKEN));
  const typo = await vakt.attempt('flag', 'off', 'chekout');
  assert.equal(typo.code, 1);
  assert.match(typo.stderr, /Did you mean checkout\?/);
  const option = await vakt.attempt('flag', 'off', '--', '--checkout');
  assert.equal(option.code, 1);
  assert.match(option.stderr, /no flag called --checkout/);
});

test('a service that tells no changes: an order without an answer is sent again, and that is owned up to', async () => {
  let state = 'true', orders = 0;
  unleash.server.removeAllListeners('request');
  unleash.server.on('request', (request, response) => {
    if (request.method !== 'PATCH') return response.end(JSON.stringify({ on: state === 'true' }));
    if (++orders === 1) return;  // lost
    state = 'false';
    response.end('{}');
  });
  await start(`
[[flags.provider]]
name = "own"
kind = "http"
environments = { production = "${unleash.url}/flags" }
[flags.provider.off]
method = "PATCH"
url = "{base}/{name}"
body = '{"on":false}'
[flags.provider.on]
method = "PATCH"
url = "{base}/{name}"
body = '{"on":true}'
[flags.provider.read]
method = "GET"
url = "{base}/{name}"
pointer = "/on"
`, {});
  await kill();
  assert.match(words(await sees(/checkout.*is \*OFF\*/s, 15000)), /sent again.*tells no changes/s);
  assert.equal(orders, 2);
});
