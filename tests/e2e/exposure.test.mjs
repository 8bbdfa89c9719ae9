// Who sees a flag, against Unleash itself: the whole of its client specification, and random flags against its SDK.
// The one law: never unsound. VAKT_SEED repeats a run, VAKT_FLAGS makes it longer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Chance, ask, flat } from './lib/exposure.mjs';
import { context, randomFixed, randomFlag, randomUser } from './lib/random_flag.mjs';
import { client } from './lib/unleash_sdk.mjs';

const require = createRequire(import.meta.url);
const seed = Number(process.env.VAKT_SEED || Date.now() % 1e9);
const flags = Number(process.env.VAKT_FLAGS || 2000);

// Why `seen` cannot be true of somebody for whom the flag is on (or off); null where it can.
function contradiction(seen, on) {
  if (!(seen.lo >= 0 && seen.lo <= seen.hi && seen.hi <= 1)) return 'bounds out of order';
  if (seen.sees === 'everybody' && !(seen.lo === 1 && on)) return 'everybody';
  if (seen.sees === 'nobody' && !(seen.hi === 0 && !on)) return 'nobody';
  if (on ? seen.hi === 0 : seen.lo === 1) return 'bounds';
  return null;
}

// The flags that a list of the delta API's events leaves.
function hydrated(events) {
  const features = new Map(), segments = new Map();
  for (const event of events) {
    for (const feature of event.features ?? []) features.set(feature.name, feature);
    for (const segment of event.segments ?? []) segments.set(segment.id, segment);
    if (event.type === 'feature-updated') features.set(event.feature.name, event.feature);
    if (event.type === 'feature-removed') features.delete(event.featureName);
    if (event.type === 'segment-updated') segments.set(event.segment.id, event.segment);
    if (event.type === 'segment-removed') segments.delete(event.segmentId);
  }
  return { features: [...features.values()], segments: [...segments.values()] };
}

function specification() {
  const folder = '@unleash/client-specification/specifications';
  return require(`${folder}/index.json`).flatMap((file) => {
    const { name, state, tests = [], variantTests = [] } = JSON.parse(readFileSync(require.resolve(`${folder}/${file}`)));
    const { features, segments = [] } = state.events ? hydrated(state.events) : state;
    return [...tests, ...variantTests].map((one) => ({
      title: `${name}: ${one.description}`,
      question: { name: one.toggleName, features, segments, contexts: [null, flat(one.context)] },
      context: one.context,
      on: typeof one.expectedResult === 'boolean' ? one.expectedResult : one.expectedResult.feature_enabled,
    }));
  });
}

test('the whole client specification: never unsound, and mostly exact', () => {
  const cases = specification();
  assert.equal(cases.length, 279);
  const answers = ask(cases.map((one) => one.question));
  const count = { exact: 0, some: 0, cannot_tell: 0 };
  const open = [];
  cases.forEach(({ title, on, question }, i) => {
    assert.equal(typeof on, 'boolean', title);
    const [anyone, them] = answers[i];
    assert.equal(contradiction(anyone, on), null, `${title}: for anybody ${JSON.stringify(anyone)}, and it is ${on}`);
    assert.equal(contradiction(them, on), null, `${title}: for them ${JSON.stringify(them)}, and it is ${on}`);
    if (['everybody', 'nobody'].includes(them.sees)) return (count.exact += 1);
    count[them.sees] += 1;
    open.push(`${title}: ${them.sees} ${them.lo}..${them.hi} for ${JSON.stringify(question.contexts[1])}, is ${on}`);
  });
  console.log(`client specification: ${count.exact} of 279 exact, ${count.some} "some", ${count.cannot_tell} "cannot tell"`);
  if (process.env.VAKT_SHOW) console.log(open.join('\n'));
  assert.ok(count.exact >= 250, `only ${count.exact} exact: it was 250`);
  assert.ok(count.cannot_tell <= 2, `${count.cannot_tell} "cannot tell": it was 2`);
});

// 1,000 users a population. By Hoeffding, a sound bound is missed by more than 0.12 with a chance below 2 exp(-2·1000·0.12²) < 1e-12
// for each of them; the SDK's own "random" draws one of 10,001 ids, which moves a share by less than 0.02.
const users = 1000, tolerance = 0.14;

test(`${flags} random flags against the official SDK (VAKT_SEED=${seed})`, () => {
  const chance = new Chance(seed);
  const made = Array.from({ length: flags }, (_, i) => {
    const question = randomFlag(chance, `flag${i}`);
    const fixed = chance.often(0.5) ? {} : randomFixed(chance);
    const known = Array.from({ length: 10 }, () => randomUser(chance, fixed));
    return { question: { ...question, contexts: [null, fixed, ...known.map(flat)] }, known, fixed };
  });
  const answers = ask(made.map((one) => one.question));
  const count = {};
  made.forEach(({ question, known, fixed }, i) => {
    const on = client(question.features, question.segments);
    const tell = (what, seen, context) => `${what}: ${JSON.stringify(seen)}\nof ${JSON.stringify(context)}\n${JSON.stringify({ ...question, contexts: undefined })}\nVAKT_SEED=${seed} VAKT_FLAGS=${flags}`;
    const [anyone, audience, ...each] = answers[i];
    count[audience.sees] = (count[audience.sees] ?? 0) + 1;

    let saw = 0;
    for (let user = 0; user < users; user += 1) {
      const person = randomUser(chance, fixed);
      const sees = on(question.name, person);
      saw += sees;
      for (const seen of [anyone, audience]) {
        const why = contradiction(seen, sees);
        if (why) assert.fail(tell(`unsound (${why}): it is ${sees} for ${JSON.stringify(person)}`, seen, fixed));
      }
    }
    for (const seen of [anyone, audience]) {
      if (saw / users < seen.lo - tolerance || saw / users > seen.hi + tolerance) assert.fail(tell(`${saw} of ${users} saw it`, seen, fixed));
    }
    assert.ok(audience.lo >= anyone.lo && audience.hi <= anyone.hi, tell('wider for an audience than for anybody', audience, fixed));

    each.forEach((seen, k) => {
      for (let again = 0; again < 3; again += 1) {
        const sees = on(question.name, known[k]);
        const why = contradiction(seen, sees);
        if (why) assert.fail(tell(`unsound (${why}) for one known user: it is ${sees}`, seen, flat(known[k])));
      }
      count[`known: ${seen.sees}`] = (count[`known: ${seen.sees}`] ?? 0) + 1;
    });
  });
  console.log(`random flags, seed ${seed}: ${JSON.stringify(count)}`);
  for (const verdict of ['nobody', 'some', 'everybody', 'cannot_tell']) assert.ok(count[verdict] > flags / 100, `hardly any ${verdict}: the flags are no test`);
});

test(`random patterns against RE2, as the SDK has it (VAKT_SEED=${seed})`, () => {
  const chance = new Chance(seed);
  const pieces = ['a', 'b', 'A', '-', '_', ' ', '1', '.', '^', '$', '*', '+', '?', '|', '(', ')', '(?:', '(?i)', '(?m)', '(?s)', '(?i:', '[', ']', '[^', 'a-c', '[:alpha:]', '\\d', '\\w', '\\s', '\\b', '\\B', '\\.', '\\n', '\\A', '\\z', '\\1', '{2}', '{0,2}', '{1,}', '{', '}', ',', '(?=', '\\W', '[[:^digit:]]', ':', '\n'];
  const questions = Array.from({ length: 10 * 1000 }, () => {
    const value = chance.text(pieces, 8);
    const constraints = [{ contextName: 'text', operator: 'REGEX', value, caseInsensitive: chance.often(0.2), inverted: chance.often(0.2) }];
    const contexts = Array.from({ length: 4 }, () => ({ text: chance.text(['a', 'b', 'B', 'A', 'c', '1', ' ', '-', '_', '\n', '.'], 6) }));
    return { name: 'flag', features: [{ name: 'flag', enabled: true, strategies: [{ name: 'default', parameters: {}, constraints }] }], contexts };
  });
  const count = { nobody: 0, everybody: 0, cannot_tell: 0 };
  ask(questions).forEach((answers, i) => {
    const { features, contexts } = questions[i];
    const on = client(features);
    answers.forEach((seen, k) => {
      count[seen.sees] += 1;
      const sees = on('flag', context(contexts[k]));
      assert.equal(contradiction(seen, sees), null, `${JSON.stringify(features[0].strategies[0].constraints)} of ${JSON.stringify(contexts[k])}: ${seen.sees}, and it is ${sees}. VAKT_SEED=${seed}`);
    });
  });
  console.log(`random patterns, seed ${seed}: ${JSON.stringify(count)}`);
  assert.ok(count.everybody > 2000 && count.nobody > 2000, 'the patterns are no test');
});
