// The kill switch on a real Unleash: NAV's incident of 27.10.2022, from the toggle that opened production to the record
// that says how long; a flag that comes back; and an Unleash whose database hangs.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { TOKENS, Unleash } from './lib/unleash.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let unleash, editor, space, vakt, kari;

const CONFIG = `
[http]
listen = ""
[[flags.strategy]]
name = "byCluster"
matches = "cluster"
[[flags.reader]]
environment = "production"
name = "dev-gcp"
context = { cluster = "dev-gcp" }
[[flags.reader]]
environment = "production"
name = "prod-gcp"
context = { cluster = "prod-gcp" }
production = true
`;

before(async () => {
  unleash = await Unleash.start();
  editor = await unleash.personalToken('Editor');
  await unleash.strategyType('byCluster', [{ name: 'cluster', type: 'list', description: '', required: false }]);
});
after(async () => { await unleash?.stop(); });
beforeEach(async () => {
  space = await Workspace.start();
  vakt = new Vakt(space);
  Object.assign(vakt.env, { UNLEASH_URL: unleash.url, UNLEASH_API_TOKEN: editor, UNLEASH_CLIENT_TOKEN: TOKENS.production });
  const { writeFile } = await import('node:fs/promises');
  await writeFile(vakt.config, CONFIG);
  await vakt.run();
  kari = space.person('U0KARI');
});
afterEach(async () => {
  try {
    if (vakt?.program.alive) await vakt.stop();
    assert.ok(!vakt.program.log.includes(editor), 'no token in the log');
  } finally {
    await space?.stop();
  }
});

const words = (message) => `${message.text}\n${JSON.stringify(message.blocks)}`;
const sees = (name, pattern, ms = 12000) => space.see('U0KARI', (s) => s.channels.find((c) => c.name === name || c.id === name)?.messages.find((m) => pattern.test(words(m))), `${pattern} in ${name}`, ms);
const enabled = async (name) => (await unleash.admin('GET', unleash.feature(name))).environments.find((e) => e.name === 'production').enabled;
const incident = async () => {
  await kari.say('incidents', '/incident declare sev1 Dialog open too early');
  return (await space.see('U0KARI', (s) => s.channels.find((c) => c.name.startsWith('inc-1-') && c.members.includes('U0KARI') && c.pins.length === 1), 'the channel')).id;
};

test('NAV: what opened production is said, killed, proven, and its seconds are in the record', async () => {
  await unleash.flag('ny-soknadsdialog', [{ name: 'byCluster', parameters: { cluster: 'dev-gcp' } }, { name: 'default' }]);
  const opened = Date.now();
  await unleash.admin('POST', `${unleash.feature('ny-soknadsdialog')}/environments/production/on`);
  await kari.say('incidents', '/flag status ny-soknadsdialog');
  const status = await sees('incidents', /joined by OR to `byCluster`/);
  assert.match(words(status), /prod-gcp: everyone/);
  assert.match(words(status), /red_circle/, 'one environment, read by dev-gcp and prod-gcp');
  // The watcher has seen the change: it is offered to whoever remembers no name.
  await until(async () => {
    await kari.say('incidents', '/flag');
    return (await space.channel('incidents')).messages.some((m) => /last 24 hours/.test(words(m)) && /ny-soknadsdialog/.test(words(m)));
  }, 'the toggle to be listed', 20000);
  const channel = await incident();
  await sees(channel, /last 2 hours.*ny-soknadsdialog/s);

  await kari.say(channel, '/flag off ny-soknadsdialog');
  const off = await sees(channel, /ny-soknadsdialog.*\*OFF\*.*served after/s);
  assert.match(words(off), /Exposed for .* to everyone/);
  assert.equal(await enabled('ny-soknadsdialog'), false);

  const record = await until(async () => {
    const now = await vakt.exportJson(1);
    return now.flags[0]?.standing === 'proven' && now;
  }, 'the record');
  const [flag] = record.flags;
  assert.deepEqual([flag.name, flag.environment, flag.provider, flag.change, flag.by], ['ny-soknadsdialog', 'production', 'unleash', 'off', 'U0KARI']);
  assert.ok(flag.requested_at <= flag.stored_at && flag.stored_at <= flag.verified_at && flag.verified_at <= flag.served_at, JSON.stringify(flag));
  const seconds = (Date.parse(flag.served_at) - opened) / 1000;
  assert.ok(Math.abs(flag.exposed_seconds - seconds) < 1, `exposed ${flag.exposed_seconds} s, was ${seconds} s`);
  assert.equal(record.entries.filter((e) => e.kind === 'flag').length, 1, 'our own change is told once');
  console.log(`stored after ${Date.parse(flag.stored_at) - Date.parse(flag.requested_at)} ms, read back after ${Date.parse(flag.verified_at) - Date.parse(flag.requested_at)} ms, served after ${Date.parse(flag.served_at) - Date.parse(flag.requested_at)} ms`);

  // Somebody turns it on again behind our back: announced at once, and in the record.
  await unleash.admin('POST', `${unleash.feature('ny-soknadsdialog')}/environments/production/on`);
  await sees(channel, /ny-soknadsdialog.*was killed and is ON again/s, 15000);
  await until(async () => (await vakt.exportJson(1)).entries.filter((e) => e.kind === 'flag').length === 2, 'the change of somebody else in the record');
});

test('a database that hangs is UNKNOWN, aloud, with the command by hand, and proven once it is back', async () => {
  await unleash.flag('hangs', [{ name: 'default' }], { on: true });
  const channel = await incident();
  await kari.say('incidents', '/flag status hangs');
  await sees('incidents', /everyone/);
  unleash.postgres.freeze();
  try {
    await kari.say(channel, '/flag off hangs');
    const unknown = await sees(channel, /UNKNOWN/, 15000);
    assert.match(words(unknown), /curl/);
    assert.doesNotMatch(words(unknown), /\*OFF\*/);
    await sleep(1000);
  } finally {
    unleash.postgres.thaw();
  }
  await sees(channel, /hangs.*\*OFF\*/s, 40000);
  assert.equal(await enabled('hangs'), false);
  const record = await until(async () => {
    const now = await vakt.exportJson(1);
    return now.flags[0]?.standing === 'proven' && now;
  }, 'the record');
  assert.equal(record.flags.length, 1);
});

test('names: misspelled, like an option, with odd characters, archived, and of another project', async () => {
  const channel = await incident();
  for (const name of ['--help', "-it's(odd)!*~.x", 'UPPER.lower~1']) {
    await unleash.flag(name, [{ name: 'default' }], { on: true });
    await kari.say(channel, `/flag off "${name}"`);
    await until(async () => !(await enabled(name)), `${name} to be off`);
  }
  await unleash.listed(await unleash.flag('checkout-banner', [{ name: 'default' }], { on: true }), editor);
  await kari.say(channel, '/flag off checkout-baner');
  const near = await sees(channel, /Turn off checkout-banner/);
  assert.match(words(near), /was \*not\* changed/);
  assert.doesNotMatch(words(near), /curl/, 'by hand it would fail too');
  assert.equal(await enabled('checkout-banner'), true);

  await unleash.flag('retired', [{ name: 'default' }], { on: true });
  await unleash.admin('DELETE', unleash.feature('retired'));
  await kari.say(channel, '/flag off retired');
  assert.match(words(await sees(channel, /retired.*is \*OFF\*/s)), /It was so already/);

  await unleash.flag('elsewhere', [{ name: 'default' }], { on: true });
  unleash.postgres.sql("INSERT INTO projects(id, name, description) VALUES ('team-c', 'Team C', '') ON CONFLICT DO NOTHING; INSERT INTO project_environments(project_id, environment_name) VALUES ('team-c', 'production') ON CONFLICT DO NOTHING; UPDATE features SET project = 'team-c' WHERE name = 'elsewhere'; UPDATE feature_strategies SET project_name = 'team-c' WHERE feature_name = 'elsewhere'");
  await kari.say(channel, '/flag off elsewhere');
  const refused = words(await sees(channel, /elsewhere.*was \*not\* changed/s));
  assert.match(refused, /member of the flag's project/);
  assert.match(refused, /By hand:.*projects\/team-c\/features\/elsewhere/s, 'the command names the right project');
});

test('two people kill at once, and a third turns it on again: everybody is told how it is', async () => {
  const ola = space.person('U0OLA'), name = await unleash.flag('contended', [{ name: 'default' }], { on: true });
  const channel = await incident();
  await ola.join(channel);
  await Promise.all([kari.say(channel, `/flag off ${name}`), ola.say(channel, `/flag off ${name}`)]);
  const flags = await until(async () => {
    const now = (await vakt.exportJson(1)).flags.filter((f) => f.name === name);
    return now.length === 2 && now.every((f) => f.standing === 'proven') && now;
  }, 'both to be proven', 20000);
  assert.deepEqual(flags.map((f) => f.by).sort(), ['U0KARI', 'U0OLA']);
  assert.equal(await enabled(name), false);
  await unleash.admin('POST', `${unleash.feature(name)}/environments/production/on`);
  await sees(channel, /contended.*was killed and is ON again/s, 15000);
  await sleep(1500);
  assert.equal(await enabled(name), true, 'theirs stands');
});

test('killed in the middle, vakt comes back, reads the truth and repeats nothing against somebody\'s later decision', async () => {
  const channel = await incident();
  for (let round = 0; round < 5; ++round) {
    const name = await unleash.flag(`round-${round}`, [{ name: 'default' }], { on: true });
    const said = kari.say(channel, `/flag off ${name}`).catch(() => {});
    await sleep(8 * round);
    await vakt.kill();
    const landed = !(await enabled(name));
    if (landed) await unleash.admin('POST', `${unleash.feature(name)}/environments/production/on`);  // somebody decides otherwise
    await vakt.run();
    await said;
    await sleep(2500);
    const flags = (await vakt.exportJson(1)).flags.filter((f) => f.name === name);
    assert.ok(flags.length <= 1, 'told once');
    if (landed) assert.equal(await enabled(name), true, `round ${round}: theirs stands`);
    else if (flags.length) await until(async () => !(await enabled(name)), `round ${round}: ours is carried out`, 15000);
  }
});
