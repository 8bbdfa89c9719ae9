// Random flags, segments and users in Unleash's terms; mostly sensible, with odd values in between.
const fields = ['userId', 'sessionId', 'appName', 'environment', 'remoteAddress', 'cluster', 'country', 'version', 'count'];
const clusters = ['dev-gcp', 'prod-gcp', 'prod-fss'];
const texts = ['a', 'A', 'ab', 'prod', 'PROD-gcp', 'gcp', 'dev', '7', '', ' ', ' a', 'a ', 'æ', 'Æ', 'NO', 'no', 'Se'];
const numbers = ['0', '1', '2', '2.0', '10', '-1', '1e1', '0.5', '0x2', '', ' 2', 'two', 'Infinity', '1_0', '12345678901234567890', '+2', '.5'];
const versions = ['1.0.0', '1.2.3', '2.0.0-alpha', '2.0.0-alpha.1', '2.0.0-alpha.beta', '2.0.0-rc.1', '2.0.0', '2.0.0+b1', 'v1.2.3', '1.2', '1.2.3.4', '', 'x', '01.2.3', '=1.2.3', ' 1.2.3'];
const dates = ['2022-01-29T13:00:00.000Z', '2022-01-29T14:00:00.000+02:00', '2026-11-21T11:00:00Z', '2030-01-01T00:00:00.000Z', '2022-01-29', 'yesterday', '', '2022-01-29T13:00:00.0005Z'];
const addresses = ['127.0.0.1', '10.1.2.3', '10.200.0.9', '192.168.0.7', '2001:db8::1', '2001:db8:0:1::42', '::ffff:10.1.2.3', '010.1.2.3', 'localhost', ''];
const ranges = [...addresses, '10.0.0.0/8', '10.1.0.0/16', '192.168.0.0/30', '0.0.0.0/0', '2001:db8::/32', '::/0', '10.0.0.0/33', '127.1', '10.1.2.3/24', '300.1.1.1', 'bad::cidr'];
const patterns = ['^prod', 'gcp$', '^(dev|prod)-[a-z]+$', '(?i)PROD', 'a.b', '[0-9]+', '^\\d{1,2}$', '(', 'æ', '(?=a)', ''];
const percents = ['0', '1', '10', '25', '50', '75', '99', '100', '101', '-5', '50.5', '', ' 50', 'half', '050'];

const valuesOf = { cluster: clusters, version: versions, count: numbers, remoteAddress: addresses, currentTime: dates, country: ['NO', 'SE', 'no', 'æ'] };

function constraint(chance) {
  const base = { contextName: chance.of(fields) };
  if (chance.often(0.25)) base.inverted = true;
  if (chance.often(0.2)) base.caseInsensitive = true;
  const kind = chance.below(20);
  const pool = () => chance.of([valuesOf[base.contextName] ?? texts, texts]);
  if (kind < 8) return { ...base, operator: chance.of(['IN', 'NOT_IN']), values: chance.some(pool(), 3) };
  if (kind < 11) return { ...base, operator: chance.of(['STR_STARTS_WITH', 'STR_ENDS_WITH', 'STR_CONTAINS']), values: chance.some(pool(), 3) };
  if (kind < 13) return { ...base, contextName: chance.of(['count', base.contextName]), operator: chance.of(['NUM_EQ', 'NUM_GT', 'NUM_GTE', 'NUM_LT', 'NUM_LTE']), value: chance.of(numbers) };
  if (kind < 15) return { ...base, contextName: chance.of(['version', base.contextName]), operator: chance.of(['SEMVER_EQ', 'SEMVER_GT', 'SEMVER_GTE', 'SEMVER_LT', 'SEMVER_LTE']), value: chance.of(versions) };
  if (kind < 17) return { ...base, contextName: chance.of(['currentTime', 'currentTime', base.contextName]), operator: chance.of(['DATE_AFTER', 'DATE_BEFORE']), value: chance.of(dates) };
  if (kind < 18) return { ...base, contextName: 'remoteAddress', operator: 'IN_CIDR', values: chance.some(ranges, 3) };
  if (kind < 19) return { ...base, operator: 'REGEX', value: chance.of(patterns) };
  return { ...base, operator: chance.of(['SOUNDS_LIKE', '', 'in']), values: ['a'], value: 'a' };
}

function list(chance, pool) {
  return chance.some(pool, 3).join(chance.of([',', ',', ', ', ' , ']));
}

function strategy(chance, segments) {
  const made = { name: 'default', parameters: {}, constraints: chance.often(0.5) ? [] : Array.from({ length: 1 + chance.below(2) }, () => constraint(chance)) };
  if (segments.length && chance.often(0.15)) made.segments = [chance.often(0.9) ? chance.of(segments).id : 404];
  const group = chance.often(0.9) ? { groupId: chance.of(['g1', 'g2', 'søknad']) } : {};
  const kind = chance.below(16);
  if (kind < 2) return made;
  if (kind < 7) return { ...made, name: 'flexibleRollout', parameters: { ...group, rollout: chance.of(percents), stickiness: chance.of(['default', 'default', 'random', 'userId', 'sessionId', 'cluster', 'country', '']) } };
  if (kind < 8) return { ...made, name: 'gradualRolloutUserId', parameters: { ...group, percentage: chance.of(percents) } };
  if (kind < 9) return { ...made, name: 'gradualRolloutSessionId', parameters: { ...group, percentage: chance.of(percents) } };
  if (kind < 10) return { ...made, name: 'gradualRolloutRandom', parameters: { ...group, percentage: chance.of(percents) } };
  if (kind < 11) return { ...made, name: 'userWithId', parameters: chance.often(0.9) ? { userIds: list(chance, ['u1', 'u2', 'u3', 'æ']) } : {} };
  if (kind < 12) return { ...made, name: 'remoteAddress', parameters: { IPs: list(chance, ranges) } };
  if (kind < 13) return { ...made, name: 'applicationHostname', parameters: { hostNames: chance.of(['', 'nowhere', 'a,b']) } };
  if (kind < 15) return { ...made, name: 'byCluster', parameters: chance.often(0.9) ? { cluster: list(chance, clusters) } : {} };
  return { ...made, name: chance.of(['mystery', 'mystery', 'nobodyKnows']), parameters: { lets: chance.of(['everybody', 'half', 'nobody']) } };
}

// A flag of that name, and the parents it may have.
export function randomFlag(chance, name) {
  const segments = Array.from({ length: chance.below(3) }, (_, i) => ({ id: i + 1, constraints: Array.from({ length: chance.below(3) }, () => constraint(chance)) }));
  const feature = (of) => ({ name: of, enabled: chance.often(0.9), strategies: Array.from({ length: chance.of([0, 1, 1, 1, 1, 2, 2, 3, 4]) }, () => strategy(chance, segments)) });
  const features = [feature(name)];
  if (chance.often(0.2)) {
    features[0].dependencies = [];
    for (const parent of ['parent1', 'parent2'].slice(0, 1 + chance.below(2))) {
      if (chance.often(0.95)) features.push(feature(parent));
      if (chance.often(0.05)) features.at(-1).dependencies = [{ feature: name }];
      const dependency = { feature: parent };
      if (chance.often(0.4)) dependency.enabled = chance.often(0.5);
      if (chance.often(0.2)) dependency.variants = ['a'];
      features[0].dependencies.push(dependency);
    }
  }
  return { name, features, segments };
}

// What an application or a cluster might fix for all its users, in vakt's flat form.
export function randomFixed(chance) {
  const fixed = {};
  for (const field of ['appName', 'environment', 'cluster', 'country', 'version', 'count', 'currentTime', 'remoteAddress'])
    if (chance.often(0.4)) fixed[field] = chance.of(valuesOf[field] ?? texts);
  return fixed;
}

// One user: ids of their own (or none), the rest at random, missing now and then; what is fixed is fixed.
export function randomUser(chance, fixed = {}) {
  const user = {};
  if (chance.often(0.8)) user.userId = chance.often(0.97) ? `user-${chance.below(1e9)}` : chance.of(['u1', 'u2', 'u3', 'æ', '7']);
  if (chance.often(0.8)) user.sessionId = `session-${chance.below(1e9)}`;
  for (const field of fields.slice(2)) if (chance.often(0.7)) user[field] = chance.of(valuesOf[field] ?? texts);
  if (chance.often(0.5)) user.currentTime = chance.of(dates.slice(0, 4));
  return context({ ...user, ...fixed });
}

// vakt's flat form as the SDK takes it.
export function context(flat) {
  const { userId, sessionId, appName, environment, remoteAddress, currentTime, ...properties } = flat;
  const made = { properties };
  for (const [field, value] of Object.entries({ userId, sessionId, appName, environment, remoteAddress, currentTime })) if (value !== undefined) made[field] = value;
  return made;
}
