// A rollout by stages on a real Unleash: VA.gov's, walked on the set clock from canary to the one-month check-in; and
// its bad days: changed by hand between stages, two people at once, a rollback while Unleash hangs, the terminal alone.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { TOKENS, Unleash } from './lib/unleash.mjs';
import { Vakt, Workspace, sleep } from './lib/workspace.mjs';

const HOUR = 3_600_000, DAY = 24 * HOUR;
const STAGES = '10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %';
let unleash, editor, space, vakt, kari, ola, name, clock, rounds = 0;

before(async () => {
  unleash = await Unleash.start();
  editor = await unleash.personalToken('Editor');
});
after(async () => { await unleash?.stop(); });
beforeEach(async () => {
  space = await Workspace.start();
  vakt = new Vakt(space);
  Object.assign(vakt.env, { UNLEASH_URL: unleash.url, UNLEASH_API_TOKEN: editor, UNLEASH_CLIENT_TOKEN: TOKENS.production });
  await writeFile(vakt.config, '[http]\nlisten = ""\n[bot]\ntimezone = "Europe/Oslo"\n[flags]\noperators = ["U0KARI", "U0OLA"]\n');
  kari = space.person('U0KARI');
  ola = space.person('U0OLA');
  name = await unleash.flag(`checkout-${++rounds}`, [{ name: 'flexibleRollout', parameters: { rollout: '0', stickiness: 'default', groupId: 'checkout' } }]);
});
afterEach(async () => {
  try {
    if (vakt?.program?.alive) await vakt.stop();
  } finally {
    await space?.stop();
  }
});

const words = (message) => `${message.text}\n${JSON.stringify(message.blocks)}`;
const sees = (pattern, ms = 15000) => space.see('U0KARI', (s) => s.channels.find((c) => c.name === 'incidents')?.messages.findLast((m) => pattern.test(words(m))), `${pattern}`, ms);
const production = async () => (await unleash.admin('GET', unleash.feature(name))).environments.find((e) => e.name === 'production');
const share = async () => { const { enabled, strategies } = await production(); return enabled ? Number(strategies[0].parameters.rollout) : 0; };
const setShare = async (percent) => {
  const [strategy] = (await production()).strategies;
  await unleash.admin('PUT', `${unleash.feature(name)}/environments/production/strategies/${strategy.id}`, { name: strategy.name, constraints: [], parameters: { ...strategy.parameters, rollout: String(percent) } });
};
const titled = (title) => (s) => s.views.findLast((v) => JSON.stringify(v).includes(title));

// What is put into a form; whether it was taken.
const send = (who, view, values) => who.submit(view.id, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { [key]: { type: 'plain_text_input', value: value || null } }])));
const taken = (answer) => answer.ok === true && !Object.keys(answer.errors ?? {}).length;

// The form that an act opens for that person.
async function form(who, act, title) {
  const before = new Set((await space.state(who.id)).views.map((v) => v.id));
  await act();
  return space.see(who.id, (s) => { const view = titled(title)(s); return view && !before.has(view.id) && view; }, `the form ${title}`, 10000);
}
async function plan(more = {}) {
  const view = await form(kari, () => kari.say('incidents', `/rollout start ${name}`), 'Plan a rollout');
  const answer = await send(kari, view, { stages: STAGES, ...more });
  assert.ok(taken(answer), JSON.stringify(answer));
  await sees(/plans rollout 1/);
}
async function advance(percent, { who = kari, reason = '', words: said = '' } = {}) {
  const view = await form(who, () => who.say('incidents', `/rollout advance 1 ${said}`), 'Set a percentage');
  const answer = await send(who, view, { name, reason });
  assert.ok(taken(answer), JSON.stringify(answer));
  await sees(new RegExp(`is at \\*${percent} %\\*`));
  assert.equal(await share(), percent);
}
async function record(users, more = {}) {
  const view = await form(kari, () => kari.say('incidents', '/rollout record 1'), 'What was seen');
  const answer = await send(kari, view, { users, downstream: 'No', errors: 'None', changes: 'None', metric0: 'all of them', ...more });
  assert.ok(taken(answer), JSON.stringify(answer));
}
// Stops, and starts again at that moment of the set clock.
async function at(moment) {
  if (vakt.program?.alive) await vakt.stop();
  clock = moment;
  vakt.env.VAKT_CLOCK = `${new Date(clock).toISOString().slice(0, 19)}Z`;
  await vakt.run();
}

test('VA.gov: from canary to the one-month check-in on the set clock, and its release plan', async () => {
  await at(Date.now() + DAY);  // ahead of Unleash's own clock all the way
  await plan({ least: '5', criteria: 'Successful submissions', dashboards: 'https://dashboards.example/1', watchers: 'BE Developer (Scott James)\nPM (Tom Davis)', go: 'Engineering: Scott James' });
  await advance(10);
  await record('≈10', { errors: 'No such file or directory @ rb_sysopen', downstream: 'No' });

  await at(clock + 7 * DAY + HOUR);
  await sees(/has run its time/);
  const view = await form(kari, () => kari.say('incidents', '/rollout advance'), 'Set a percentage');
  assert.match(JSON.stringify(view), /Errors were recorded at this stage/);
  assert.ok(!taken(await send(kari, view, { name, reason: '' })), 'over errors only with a reason');
  assert.equal(await share(), 10);
  assert.ok(taken(await send(kari, view, { name, reason: 'could not be reproduced' })));
  await sees(/is at \*25 %\*/);
  await record('≈10');
  await sees(/may still be up to 30 %/);

  await at(clock + 2 * DAY + HOUR);
  await advance(50);
  await record('5');
  await at(clock + DAY + HOUR);
  await advance(100);
  await sees(/reached its last stage/);
  await record('15');

  await at(clock + 7 * DAY + 2 * HOUR);
  await sees(/one-week check-in is due/);
  await record('≈170', { errors: 'BackendServiceException: VANOTIFY_400', changes: 'Minor changes to requests to VaNotify' });
  await at(clock + 32 * DAY);
  await sees(/one-month check-in is due/);
  await record('≈3275', { errors: 'BackendServiceException: VANOTIFY_400' });
  await sees(/Finished/);

  const { code, stdout, stderr } = await vakt.attempt('rollout', 'export', '1', '--check');
  assert.equal(code, 1, 'phase I is not known');
  for (const line of ['#### Stage A: Canary', '- Length of time: 1 week', '#### Stage D: 100% of users', '- Number of unique users: ≈3275', '- Types of errors logged: No such file or directory @ rb_sysopen', 'could not be reproduced', '#### 1-month results'])
    assert.ok(stdout.includes(line), line);
  assert.match(stderr, /places are not filled in/);
  assert.doesNotMatch(stderr, /Stage [A-D]: /, 'all of what stages ask for was recorded');
  const status = await vakt.command('rollout', 'status', '1');
  assert.match(status, /complete/);

  const json = JSON.parse(await vakt.command('rollout', 'status', '1', '--json'));
  assert.deepEqual([json.number, json.flag, json.state, json.what_now, json.stage, json.stopped], [1, name, 'complete', 'finished', 4, null]);
  assert.deepEqual(json.stages.map((s) => s.percent), [10, 25, 50, 100]);
  assert.equal(json.stages[0].verdict.kind, 'errors');
  assert.equal(json.stages[1].reason, 'could not be reproduced');
  assert.equal(json.month.records[0].users, 3275);
  assert.match(json.started_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  assert.deepEqual(JSON.parse(await vakt.command('rollout', 'list', '--json')), [json]);

  // The team's own layout, from beside its configuration.
  await writeFile(join(dirname(vakt.config), 'va-release-plan.mustache'), '# {{title}}\n{{#stages}}\n- {{letter}}: {{users}}\n{{/stages}}\n');
  const own = await vakt.attempt('rollout', 'export', '1', '--check');
  assert.equal(own.stdout, `# ${name}\n- A: ≈10\n- B: ≈10\n- C: 5\n- D: 15\n`);
  assert.deepEqual([own.code, own.stderr], [0, '']);
  await writeFile(join(dirname(vakt.config), 'va-release-plan.mustache'), '{{titel}}');
  const wrong = await vakt.attempt('rollout', 'export', '1');
  assert.match(wrong.stderr, /va-release-plan\.mustache, line 1: documents know no \{\{titel\}\}\. The nearest name is \{\{title\}\}/);
});

test('changed by hand between stages: noticed, told, held, and brought back only with a reason', async () => {
  await vakt.run();
  await plan();
  await advance(10);
  // At once, while an event may still be our own order's: the second one of a kind is not.
  await setShare(80);
  await sees(/was changed by hand \(.*feature-strategy-update/s, 20000);
  assert.equal(await share(), 80, 'theirs stands until a person decides');
  const view = await form(kari, () => kari.say('incidents', '/rollout resume 1'), 'Set a percentage');
  assert.ok(!taken(await send(kari, view, { name, reason: '' })));
  assert.ok(taken(await send(kari, view, { name, reason: 'as agreed' })));
  await sees(/is at \*10 %\* again/);
  assert.equal(await share(), 10);
  // Later: Unleash tells of it, and nobody has to ask.
  await sleep(32_000);
  await setShare(70);
  await sees(/was changed by hand \(.*feature-strategy-update/s, 20000);
  await kari.say('incidents', '/rollout status 1');
  await sees(/Rollout 1.*held/s);
  assert.equal(await share(), 70);
});

test('two people advance at once: one wins, the other is told', async () => {
  await vakt.run();
  await plan();
  const first = await form(kari, () => kari.say('incidents', '/rollout advance 1'), 'Set a percentage');
  const second = await form(ola, () => ola.say('incidents', '/rollout advance 1'), 'Set a percentage');
  const answers = await Promise.all([send(kari, first, { name, reason: '' }), send(ola, second, { name, reason: '' })]);
  assert.equal(answers.filter(taken).length, 1, JSON.stringify(answers));
  assert.match(JSON.stringify(answers.find((a) => !taken(a))), /already bringing it to 10 %|moved on/);
  await sees(/is at \*10 %\*/);
  assert.equal(await share(), 10);
});

test('a rollback while Unleash hangs: UNKNOWN and held, never called off before it is, and rolled back once it is proven', async () => {
  await vakt.run();
  await plan();
  await advance(10);
  unleash.postgres.freeze();
  try {
    await kari.say('incidents', '/rollout rollback 1 errors in production');
    await sees(/UNKNOWN/, 20000);
    const all = (await space.channel('incidents')).messages.map(words).join('\n');
    assert.doesNotMatch(all, /is rolled back|is \*OFF\*/);
  } finally {
    unleash.postgres.thaw();
  }
  await sees(/Rollout 1 is rolled back/, 45000);
  assert.equal((await production()).enabled, false);
  await sees(/errors in production/);
});

test('the terminal alone: planned, advanced and rolled back while `run` is away, and in the record afterwards', async () => {
  await vakt.run();
  await plan();
  await vakt.stop();
  const early = await vakt.attempt('rollout', 'advance', '1', '--yes');
  assert.equal(early.code, 0, early.stderr);
  assert.equal(await share(), 10);
  assert.match(await vakt.command('rollout', 'status', '1'), /running.*10 %/s, 'before `run` has taken it');
  const second = await vakt.attempt('rollout', 'start', name, '--stages', STAGES);
  assert.equal(second.code, 1);
  assert.match(second.stderr, /Rollout 1 of .* in production is under way already\..*vakt rollout status 1/);
  const refused = await vakt.attempt('rollout', 'advance', '1', '--yes');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /has not run its time.*--reason/s);
  assert.equal((await vakt.attempt('rollout', 'rollback', '1', '--reason', 'spike')).code, 0);
  assert.equal((await production()).enabled, false);
  await vakt.run();
  await sees(/Rollout 1 is rolled back/);
  assert.match(await vakt.command('rollout', 'list'), /rolled back.*spike/s);
});
