// The Unleash provider against a real Unleash on a real PostgreSQL, with Unleash's own Node client reading the flags.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Provider } from './lib/provider.mjs';
import { TOKENS, Unleash, sleep, until } from './lib/unleash.mjs';

const official = createRequire(fileURLToPath(new URL('../unleash/7.4.1/package.json', import.meta.url)))('unleash-client');

let unleash, vakt, editor;
const provider = (options = {}, url = unleash.url) => new Provider('unleash', url, { token: editor, ...options });
async function using(options, use, url) {
  const one = provider(options, url);
  try { return await use(one); } finally { await one.stop(); }
}

before(async () => {
  unleash = await Unleash.start();
  editor = await unleash.personalToken('Editor');
  vakt = provider();
});
after(async () => {
  await vakt?.stop();
  await unleash?.stop();
});

const production = async (name) => (await vakt.get('read', name)).flag.states.production;
const shape = (state) => ({ enabled: state.enabled, strategies: state.strategies.map((s) => [s.name, s.parameters, s.disabled, s.constraints]) });
const half = { name: 'flexibleRollout', parameters: { rollout: '50', stickiness: 'default', groupId: 'g' } };
const everybody = { name: 'default' };

test('a flag is listed, read, turned off and on, and the official client sees it', async () => {
  await unleash.flag('basic', [everybody], { on: true });
  assert.deepEqual((await vakt.get('environments')).environments.filter((e) => e !== 'default').sort(), ['development', 'production']);
  const { catalog } = await vakt.get('catalog', 'production');
  assert.equal(catalog.flags.basic.states.production.enabled, true);
  assert.equal((await vakt.get('catalog', 'development')).catalog.flags.basic.states.development.enabled, false);

  const app = new official.Unleash({ url: `${unleash.url}/api/`, appName: 'checkout', refreshInterval: 200, disableMetrics: true, customHeaders: { Authorization: TOKENS.production } });
  app.on('error', () => {});
  try {
    await until(() => app.isEnabled('basic'), 'the application to see the flag on');
    assert.equal((await vakt.get('served', 'basic', 'production')).served, 'on');
    await vakt.get('off', 'basic', 'production');
    assert.equal((await production('basic')).enabled, false);
    await until(async () => (await vakt.get('served', 'basic', 'production')).served === 'off', 'off to be served', 5000);
    await until(() => !app.isEnabled('basic'), 'the application to see the flag off', 5000);
    await vakt.get('off', 'basic', 'production');
    await vakt.get('on', 'basic', 'production');
    await until(() => app.isEnabled('basic'), 'the application to see the flag on again', 5000);
  } finally {
    app.destroy();
  }
});

test('the strategies of the NAV incident are read as they are, and off is off', async () => {
  await unleash.strategyType('byCluster', [{ name: 'cluster', type: 'list', description: '', required: false }]);
  await unleash.strategyType('gradualRolloutRandom', [{ name: 'percentage', type: 'percentage', description: '', required: false }]);
  await unleash.flag('nav.ny-soknadsdialog', [{ name: 'byCluster', parameters: { cluster: 'dev-gcp' } }, { name: 'gradualRolloutRandom', parameters: { percentage: '0' } }], { on: true });
  const read = await production('nav.ny-soknadsdialog');
  assert.deepEqual(read.strategies.map((s) => [s.name, s.parameters]), [['byCluster', { cluster: 'dev-gcp' }], ['gradualRolloutRandom', { percentage: '0' }]]);
  await vakt.get('percent', 'nav.ny-soknadsdialog', 'production', 10);
  assert.equal((await production('nav.ny-soknadsdialog')).strategies[1].parameters.percentage, '10');

  const { snapshot } = await vakt.get('read', 'nav.ny-soknadsdialog');
  await unleash.admin('POST', `${unleash.feature('nav.ny-soknadsdialog')}/environments/production/strategies`, { name: 'default', parameters: {}, constraints: [] });
  const app = new official.Unleash({ url: `${unleash.url}/api/`, appName: 'soknad', refreshInterval: 200, disableMetrics: true, customHeaders: { Authorization: TOKENS.production } });
  app.on('error', () => {});
  try {
    const seen = () => Array.from({ length: 200 }, (_, i) => app.isEnabled('nav.ny-soknadsdialog', { userId: String(i) })).filter(Boolean).length;
    await until(() => seen() === 200, 'everybody to see it: default is joined by OR');
    await vakt.get('off', 'nav.ny-soknadsdialog', 'production');
    await until(() => seen() === 0, 'nobody to see it', 5000);
    // Undone, it would be open to everybody: somebody added a strategy that the snapshot does not know.
    const error = await vakt.fault('restore', 'nav.ny-soknadsdialog', 'production', snapshot);
    assert.equal(error.fault, 'unsupported');
    assert.match(error.text, /default/);
    assert.equal((await production('nav.ny-soknadsdialog')).enabled, false);
  } finally {
    app.destroy();
  }
});

test('percent: one enabled gradual rollout is set; none or several are refused with their names', async () => {
  await unleash.flag('share', [half], { on: true });
  await vakt.get('percent', 'share', 'production', 7);
  assert.equal((await production('share')).strategies[0].parameters.rollout, '7');
  await vakt.get('percent', 'share', 'production', 0);
  assert.deepEqual((await production('share')).strategies[0].parameters, { rollout: '0', stickiness: 'default', groupId: 'g' });
  await unleash.flag('share.none', [everybody], { on: true });
  const none = await vakt.fault('percent', 'share.none', 'production', 10);
  assert.equal(none.fault, 'unsupported');
  assert.match(none.text, /default/);
  assert.match(none.link, /projects\/default\/features\/share\.none/);
  await unleash.flag('share.two', [half, half], { on: true });
  assert.match((await vakt.fault('percent', 'share.two', 'production', 10)).text, /2 gradual rollouts/);
  assert.equal((await vakt.fault('percent', 'share', 'staging', 10)).fault, 'no_environment');
});

test('restore puts a snapshot back, strategy for strategy', async () => {
  const constraints = [{ contextName: 'appName', operator: 'SEMVER_GT', value: '1.2.3', values: [], inverted: true, caseInsensitive: false }];
  await unleash.flag('undo', [{ ...half, constraints }, everybody], { on: true });
  const first = await vakt.get('read', 'undo');
  const was = shape(first.flag.states.production);
  const path = `${unleash.feature('undo')}/environments/production`;
  const strategies = () => unleash.admin('GET', `${path}/strategies`);

  await vakt.get('off', 'undo', 'production');
  await vakt.get('restore', 'undo', 'production', first.snapshot);
  assert.deepEqual(shape(await production('undo')), was, 'after off');
  await vakt.get('percent', 'undo', 'production', 3);
  await vakt.get('restore', 'undo', 'production', first.snapshot);
  assert.deepEqual(shape(await production('undo')), was, 'after percent');
  const id = (await strategies()).find((s) => s.name === 'flexibleRollout').id;
  await vakt.get('off', 'undo', 'production');
  await unleash.admin('DELETE', `${path}/strategies/${id}`);
  await vakt.get('restore', 'undo', 'production', first.snapshot);
  const sorted = (state) => ({ ...state, strategies: state.strategies.sort() });
  assert.deepEqual(sorted(shape(await production('undo'))), sorted(was), 'after a strategy was removed');
  assert.equal((await strategies()).length, 2);
  await vakt.get('restore', 'undo', 'production', first.snapshot);
  assert.equal((await strategies()).length, 2, 'a second time it changes nothing');
  assert.equal((await vakt.fault('restore', 'undo', 'production', '{}')).fault, 'unsupported');
});

test('trap 1: on without a strategy adds one for everybody; restoring the off before takes it away again', async () => {
  await unleash.flag('auto');
  const { snapshot } = await vakt.get('read', 'auto');
  await vakt.get('on', 'auto', 'production');
  assert.deepEqual((await production('auto')).strategies.map((s) => [s.name, s.parameters.rollout]), [['flexibleRollout', '100']]);
  await vakt.get('restore', 'auto', 'production', snapshot);
  assert.deepEqual(shape(await production('auto')), { enabled: false, strategies: [] });
});

test('served: proof only for the environment that was asked for', async () => {
  await unleash.flag('served', [everybody], { on: true });
  await until(async () => (await vakt.get('served', 'served', 'production')).served === 'on', 'on to be served', 5000);
  assert.equal((await vakt.get('served', 'served', 'development')).served, 'off');
  // Unleash itself says enabled:false here, of a flag that is on in production.
  const trap = await unleash.admin('GET', '/api/client/features?environment=prod', undefined);
  assert.equal(trap.features.find((f) => f.name === 'served').enabled, false);
  const unknown = await vakt.get('served', 'served', 'prod');
  assert.equal(unknown.served, 'unknown');
  assert.match(unknown.why, /no environment prod/);
  const absent = await vakt.get('served', 'serve', 'production');
  assert.equal(absent.served, 'unknown', 'served is no other flag that begins alike');
  // A backend token answers for its own environment, whatever is asked.
  await using({ token: TOKENS.admin, clientToken: TOKENS.development }, async (other) => {
    assert.equal((await other.get('served', 'served', 'production')).served, 'on', 'the admin token knows');
  });
  await using({ token: '', clientToken: TOKENS.production }, async (other) => {
    assert.equal((await other.get('served', 'served', 'production')).served, 'unknown', 'no Admin API, no list of environments');
  });
  await using({ token: TOKENS.admin, clientToken: TOKENS.production }, async (other) => assert.equal((await other.get('served', 'served', 'production')).served, 'on'));
});

test('changes: oldest first, with who and when; nothing new costs one small answer', async () => {
  let { cursor } = await vakt.get('changes', '');
  await unleash.flag('watched', [everybody]);
  await vakt.get('on', 'watched', 'production');
  await unleash.admin('POST', `${unleash.feature('watched')}/environments/production/off`);
  let seen = await vakt.get('changes', cursor);
  assert.deepEqual(seen.changes.map((c) => [c.what, c.name, c.environment, c.enabled]), [
    ['feature-strategy-add', 'watched', 'production', null],
    ['feature-environment-enabled', 'watched', 'production', true],
    ['feature-environment-disabled', 'watched', 'production', false],
  ]);
  assert.ok(seen.changes.every((c) => c.by && Math.abs(Date.parse(c.at) - Date.now()) < 60_000 && c.project === 'default'));
  assert.notEqual(seen.changes[1].by, seen.changes[2].by, 'two tokens, two owners');
  for (let i = 0; i < 2; ++i) {
    const again = await vakt.get('changes', seen.cursor);
    assert.deepEqual(again.changes, []);
    cursor = again.cursor;
  }
  for (let i = 0; i < 15; ++i) {
    await unleash.admin('POST', `${unleash.feature('watched')}/environments/production/on`);
    await unleash.admin('POST', `${unleash.feature('watched')}/environments/production/off`);
  }
  seen = await vakt.get('changes', cursor);
  assert.deepEqual(seen.changes.map((c) => c.enabled), Array.from({ length: 30 }, (_, i) => i % 2 === 0), 'more than a page, none twice');
  await unleash.admin('DELETE', unleash.feature('watched'));
  const archived = await vakt.get('changes', seen.cursor);
  assert.deepEqual(archived.changes.filter((c) => c.what !== 'feature-dependencies-removed').map((c) => [c.what, c.enabled]), [['feature-archived', false]]);
  await unleash.admin('POST', '/api/admin/archive/revive/watched', {});
  assert.deepEqual((await vakt.get('changes', archived.cursor)).changes.filter((c) => c.what === 'feature-revived').map((c) => c.name), ['watched']);
});

test('archived flags are told as such, and not turned on', async () => {
  await unleash.flag('old', [everybody], { on: true });
  await vakt.get('read', 'old');
  await unleash.admin('DELETE', unleash.feature('old'));
  const { flag } = await vakt.get('read', 'old');
  assert.deepEqual([flag.archived, flag.name, flag.project], [true, 'old', 'default']);
  assert.equal((await vakt.fault('percent', 'old', 'production', 5)).fault, 'unsupported');
  assert.equal((await vakt.get('served', 'old', 'production')).served, 'unknown');
  // Version 4 answers 200 here: the reading has to be asked.
  if (unleash.major >= 5) assert.match((await vakt.fault('on', 'old', 'production')).text, /archived/);
});

test('projects are found: a flag of another one, and one that moves', async () => {
  await unleash.flag('mover', [everybody], { on: true });
  await vakt.get('read', 'mover');
  unleash.postgres.sql("INSERT INTO projects(id, name, description) VALUES ('team-b', 'Team B', ''); INSERT INTO project_environments(project_id, environment_name) VALUES ('team-b', 'production'); UPDATE features SET project = 'team-b' WHERE name = 'mover'; UPDATE feature_strategies SET project_name = 'team-b' WHERE feature_name = 'mover'");
  assert.equal((await vakt.get('read', 'mover')).flag.project, 'team-b', 'moved since it was read');
  // An editor of Unleash may change nothing in a project that he is no member of.
  const refused = await vakt.fault('off', 'mover', 'production');
  assert.equal(refused.fault, 'refused');
  assert.match(refused.text, /member of the flag's project/);
  await using({ token: TOKENS.admin }, async (fresh) => {
    await fresh.get('off', 'mover', 'production');
    assert.equal((await fresh.get('read', 'mover')).flag.states.production.enabled, false);
  });
  if (unleash.major >= 5) {
    await using({ token: TOKENS.admin, project: 'default' }, async (wrong) => {
      await wrong.get('on', 'mover', 'production');
      assert.equal((await wrong.get('read', 'mover')).flag.states.production.enabled, true, 'a stale project is looked up again');
    });
  }
});

test('names: misspelled, like an option, odd', async () => {
  const odd = ["-it's(odd)!*~.x", '--help', '-d', 'a_b', 'UPPER.lower~1', 'on', 'environments'];
  for (const name of odd) {
    await unleash.flag(name, [everybody], { on: true });
    await vakt.get('off', name, 'production');
    assert.equal((await production(name)).enabled, false, name);
  }
  await unleash.flag('aXb', [everybody], { on: true });
  assert.equal((await vakt.get('read', 'a_b')).flag.name, 'a_b', '_ is no wildcard');
  for (const name of ['misspeled', 'a%b', '../default/features/basic', '..', '.', '', 'a b', 'a/b', '?x=1', '#', 'ø', "';--", 'A_B']) {
    assert.equal((await vakt.fault('read', name)).fault, 'not_found', name);
    assert.equal((await vakt.fault('off', name, 'production')).fault, 'not_found', name);
  }
  for (const environment of ['nosuch', 'prod uction', '..', '../production', '']) assert.equal((await vakt.fault('off', 'a_b', environment)).fault, 'no_environment', environment);
  const { flags } = (await vakt.get('catalog', 'production')).catalog;
  assert.ok(!('misspeled' in flags), 'nothing was created');
  assert.equal((await vakt.fault('catalog', 'nosuch')).fault, 'no_environment');
});

test('by hand: the command does what it says, whatever the name', async () => {
  for (const name of ["by-hand's(odd)!*", '--by-hand']) {
    await unleash.flag(name, [everybody], { on: true });
    const { by_hand } = await vakt.get('by_hand', 'off', name, 'production');
    assert.ok(!by_hand.includes(editor));
    const said = execFileSync('sh', ['-c', by_hand], { env: { ...process.env, UNLEASH_API_TOKEN: editor }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    assert.match(said, /^HTTP\/1.1 200/);
    assert.equal((await production(name)).enabled, false);
  }
});

test('tokens: wrong ones are refused, with what is needed instead', async () => {
  await unleash.flag('tokens', [everybody], { on: true });
  for (const token of ['user:wrong', '*:*.wrong', '']) {
    await using({ token, project: 'default' }, async (one) => {
      for (const words of [['read', 'tokens'], ['off', 'tokens', 'production'], ['catalog', 'production'], ['environments'], ['changes', '']]) {
        const error = await one.fault(...words);
        assert.equal(error.fault, 'refused', words.join(' '));
        assert.match(error.text, /personal access token of an Editor .*UNLEASH_API_TOKEN/);
        assert.ok(!error.text.includes('wrong'));
      }
    });
  }
  await using({ token: TOKENS.production, project: 'default' }, async (one) => {
    assert.match((await one.fault('off', 'tokens', 'production')).text, /SDK/);
    assert.equal((await one.get('served', 'tokens', 'production')).served, 'unknown');
  });
  const viewer = await unleash.personalToken('Viewer');
  await using({ token: viewer, project: 'default' }, async (one) => {
    const error = await one.fault('off', 'tokens', 'production');
    assert.equal(error.fault, 'refused');
    assert.match(error.text, /UPDATE_FEATURE_ENVIRONMENT/);
    assert.equal((await one.get('read', 'tokens')).flag.states.production.enabled, true);
  });
});

test('change requests that are enforced: told, with the way into Unleash', async () => {
  await unleash.flag('enforced', [half], { on: true });
  unleash.postgres.sql("INSERT INTO change_request_settings(project, environment, required_approvals) VALUES ('default', 'production', 1)");
  try {
    for (const words of [['off', 'enforced', 'production'], ['percent', 'enforced', 'production', 5]]) {
      const error = await vakt.fault(...words);
      assert.equal(error.fault, 'needs_approval', JSON.stringify(error));
      assert.equal(error.link, `${unleash.url}/projects/default/features/enforced`);
    }
    assert.equal((await production('enforced')).enabled, true);
  } finally {
    unleash.postgres.sql('DELETE FROM change_request_settings');
  }
});

test('parents and segments come with the flag', { skip: unleashMajor() < 5 && 'version 4 has neither' }, async () => {
  const segment = await unleash.admin('POST', '/api/admin/segments', { name: 'beta', description: '', constraints: [{ contextName: 'userId', operator: 'IN', values: ['7', '8'], inverted: false, caseInsensitive: false }] });
  await unleash.flag('parent', [everybody], { on: true });
  await unleash.flag('child', [{ ...half, segments: [segment.id] }], { on: true });
  await unleash.admin('POST', `${unleash.feature('child')}/dependencies`, { feature: 'parent', enabled: true });
  const { flag, catalog } = await vakt.get('read', 'child');
  assert.deepEqual(flag.parents, [{ name: 'parent', enabled: true, variants: [] }]);
  assert.deepEqual(flag.states.production.strategies[0].segments, [segment.id]);
  assert.equal(catalog.flags.parent.states.production.enabled, true);
  assert.deepEqual(catalog.segments[segment.id].constraints.map((c) => c.values), [['7', '8']]);
  assert.deepEqual((await vakt.get('read', 'parent')).flag.children, ['child']);
  const all = (await vakt.get('catalog', 'production')).catalog;
  assert.deepEqual(all.flags.child.states.production.strategies[0].segments, [segment.id]);
  assert.deepEqual(all.segments[segment.id].constraints.map((c) => c.values), [['7', '8']]);
  assert.deepEqual(all.flags.parent.children, ['child']);
});

test('answers that are not from Unleash are uncertain, and a dead port is not', async () => {
  const answers = [[500, 'oops'], [502, '<html>Bad gateway</html>'], [503, '{"name":"x"}'], [200, '<html>Please log in</html>'], [302, ''], [404, '<html>nginx</html>'], [200, '[1'], [418, '']];
  let answer;
  const server = createServer((_request, response) => { response.writeHead(answer[0], { 'Content-Type': 'text/html', Location: '/login' }); response.end(answer[1]); });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}`;
  try {
    await using({ project: 'default' }, async (one) => {
      for (answer of answers) {
        for (const words of [['off', 'x', 'production'], ['read', 'x']]) assert.equal((await one.fault(...words)).fault, 'uncertain', `${answer} ${words}`);
        assert.equal((await one.get('served', 'x', 'production')).served, 'unknown');
      }
    }, url);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  await using({ project: 'default' }, async (one) => assert.equal((await one.fault('off', 'x', 'production')).fault, 'unreachable'), url);
});

test('environments with servers of their own: each is asked for its own', async () => {
  await unleash.flag('two.servers', [half], { on: true });
  const dead = 'http://127.0.0.1:9';
  await using({ environments: { production: unleash.url, development: dead } }, async (one) => {
    assert.deepEqual((await one.get('environments')).environments, ['development', 'production']);
    const { flag, snapshot } = await one.get('read', 'two.servers');
    assert.equal(flag.states.production.enabled, true);
    assert.equal(flag.states.development.strategies[0].readable, false, 'the dead server: nothing can be told');
    await one.get('off', 'two.servers', 'production');
    assert.equal((await one.fault('off', 'two.servers', 'development')).fault, 'unreachable');
    assert.equal((await one.fault('off', 'two.servers', 'staging')).fault, 'no_environment');
    await one.get('restore', 'two.servers', 'production', snapshot);
    assert.equal((await production('two.servers')).enabled, true);
  }, '');
});

test('how long it takes', async (t) => {
  await unleash.flag('timed', [everybody], { on: true });
  await vakt.get('read', 'timed');
  const median = (list) => list.sort((a, b) => a - b)[list.length >> 1].toFixed(1);
  const p95 = (list) => list[Math.floor(list.length * 0.95)].toFixed(1);
  const off = [], proven = [], bare = [], served = [];
  const headers = { Authorization: editor };
  for (let i = 0; i < 30; ++i) {
    await unleash.admin('POST', `${unleash.feature('timed')}/environments/production/on`);
    const start = performance.now();
    off.push((await vakt.get('off', 'timed', 'production')).carried_out_ms);
    await vakt.get('read', 'timed');
    proven.push(performance.now() - start);
    await unleash.admin('POST', `${unleash.feature('timed')}/environments/production/on`);
    const by = performance.now();
    await unleash.raw('POST', `${unleash.feature('timed')}/environments/production/off`, undefined, headers);
    bare.push(performance.now() - by);
  }
  for (let i = 0; i < 5; ++i) {
    await unleash.admin('POST', `${unleash.feature('timed')}/environments/production/on`);
    await until(async () => (await vakt.get('served', 'timed', 'production')).served === 'on', 'on to be served', 5000);
    const start = performance.now();
    await vakt.get('off', 'timed', 'production');
    await until(async () => (await vakt.get('served', 'timed', 'production')).served === 'off', 'off to be served', 5000);
    served.push(performance.now() - start);
  }
  t.diagnostic(`Unleash ${unleash.version}, ms: off ${median(off)} median, ${p95(off)} p95; read, off and read back ${median(proven)} median, ${p95(proven)} p95; the bare POST by fetch ${median(bare)} median; served as off after ${median(served)} median, ${p95(served)} worst`);
});

// Last: it takes the database away.
test('the database is down while /health says GOOD: uncertain, and what was asked may land later', async () => {
  await unleash.flag('outage', [everybody], { on: true });
  await vakt.get('read', 'outage');
  await unleash.postgres.freeze();
  try {
    assert.equal((await (await fetch(`${unleash.url}/health`)).json()).health, 'GOOD');
    const error = await vakt.fault('off', 'outage', 'production', '', 1000);
    assert.equal(error.fault, 'uncertain', JSON.stringify(error));
    assert.equal((await vakt.fault('read', 'outage')).fault, 'uncertain');
  } finally {
    unleash.postgres.thaw();
  }
  await until(async () => !(await production('outage')).enabled, 'the order to land after all', 20000);

  await vakt.get('on', 'outage', 'production');
  await unleash.postgres.down();
  const down = await vakt.fault('off', 'outage', 'production', '', 2000);
  assert.equal(down.fault, 'uncertain', JSON.stringify(down));
  assert.equal((await (await fetch(`${unleash.url}/health`)).json()).health, 'GOOD');
  await unleash.postgres.up();
  await until(async () => (await vakt.ask('read', 'outage')).flag, 'the database to be back', 30000);
  await vakt.get('off', 'outage', 'production');
  assert.equal((await production('outage')).enabled, false);
});

function unleashMajor() { return Number((process.env.VAKT_UNLEASH_VERSION || '7.4.1').split('.')[0]); }
