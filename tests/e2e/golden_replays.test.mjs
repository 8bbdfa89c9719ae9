// Three incidents that teams wrote post-mortems about by hand (tests/e2e/golden), typed into the local workspace under a
// set clock; what vakt exports is compared with what they wrote: headings, timeline and links, line by line.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';
import { ActionHouse, config } from './lib/action_house.mjs';
import { ScriptedUnleash } from './lib/scripted_unleash.mjs';
import { until } from './lib/workspace.mjs';

let house;
afterEach(async () => {
  await house?.stop();
  house = undefined;
});

const golden = (name) => readFile(new URL(`golden/${name}.md`, import.meta.url), 'utf8');
const settings = config().replace('holidays = "NO"\n', '');

// The comments of Oslo's template are guidance, not the document.
const without = (text) => text.replace(/^<!--[\s\S]*?-->$/gm, '');
const shape = (text) => {
  const lines = text.split('\n').map((line) => line.trimEnd().replace(/ +/g, ' ').replace(/-{3,}/g, '---'));
  return {
    headings: lines.filter((line) => /^(#{1,6} |\*\*.*:\*\*)/.test(line)),
    timeline: lines.filter((line) => /^(\| |\|---|20\d\d-\d\d-\d\d$|\d\d\.\d\d\.\d{4}$| \d\d:\d\d |- (~ )?\d\d:\d\d)/.test(line)),
    links: lines.flatMap((line) => line.match(/\[[^\]]*\]\([^)]*\)|(?<!\()https?:\/\/\S+/g) ?? []),
  };
};

// Every line that one has and the other lacks, in order, must be allowed; and every line that is allowed must be needed.
function same(ours, theirs, allowed) {
  assert.ok(Object.keys(allowed).length <= 10, 'at most 10 lines may differ');
  const [a, b] = [shape(ours), shape(theirs)], used = new Set();
  for (const part of Object.keys(a)) {
    const keep = (list, sign) => list.filter((line) => !(`${sign}${line}` in allowed && used.add(`${sign}${line}`)));
    assert.deepEqual(keep(a[part], '+'), keep(b[part], '-'), part);
  }
  assert.deepEqual(Object.keys(allowed).filter((line) => !used.has(line)), [], 'allowed, and not needed');
}

async function declared(title, clock, env = {}) {
  house = await ActionHouse.start();
  await house.run(settings, { VAKT_CLOCK: clock, ...env });
  const { kari, space } = house;
  await kari.say('incidents', `/incident declare sev1 ${title}`);
  const channel = await until(async () => (await space.state()).channels.find((one) => /^inc-1-/.test(one.name))?.id, 'the channel');
  await space.see('U0KARI', (s) => s.channels.find((one) => one.id === channel)?.messages.length, 'the headline');
  return { say: (words) => kari.say(channel, `/incident ${words}`), type: (words) => kari.say(channel, words), channel };
}

async function document(template, count) {
  await until(async () => (await house.vakt.exportJson(1)).entries.length >= count, 'everything to be recorded');
  return house.vakt.command('export', '1', '--format', 'markdown', '--template', template);
}

test('the example that stands in the comments of every document of Oslo', async () => {
  const { say } = await declared('Oslonøkkelen is down', '2019-12-31T09:20:00Z');
  await say('note 2019-12-30 23:30 A proactive message got sendt out to all the citizens of Oslo');
  await say('note 08:23 Oslonøkkelen had been downloaded 30.000 times, distributed evenly across iOS and Android, during the past 3 hours');
  await say('mark down 09:09');
  await say('note 09:09 backend fails due to the increased load');
  await say('note 09:14 Received Slack notifications due to an increase in 500 status codes in the backend');
  await say('note 09:16 Initiated an investigation into the issue');
  await say('mark event-start 09:18');
  await say('note 09:18 Team creates the Slack channel #citykey-incident-backend to better cooperate on the issue');
  await say('note 09:20 Manually scaling up the number of backend instances');
  await say("note 09:24 Found the error. The backend fails when it tries to read an item in the database that doesn't exist. Only happens upon a users first login");
  await say('note 09:28 Pull request with a fix created: http://github.com/oslokommune/something/something/pr/298');
  await say('note 09:34 Pull request 298 merged and deployed to production');
  await say('mark fixed 09:39');
  await say('note 09:39 Amount of 500 status code requests are decreasing');
  await say('mark up 09:40');  // EVENT END follows by itself, 30 minutes later
  await say('note 09:40 Amount of 500 status codes are down to zero');
  await say('note 10:10 Reaches criteria of 30 minutes with normal activity');
  const ours = await document('oslo', 20);
  const text = await golden('oslo');
  const example = text.slice(text.indexOf('2019-12-30\n'), text.indexOf('-->', text.indexOf('2019-12-30\n')));
  const headings = without(text).split('\n').filter((line) => line.startsWith('## ')).join('\n');
  same(without(ours), `${headings}\n${example}`, {
    '+[Pull request oslokommune/something/something#298](http://github.com/oslokommune/something/something/pr/298)': 'ours lists the link under Supporting information as well',
  });
  assert.match(ours, /- Downtime: 31 min \(from DOWNTIME START 2019-12-31 09:09 to DOWNTIME END 2019-12-31 09:40\)/);
});

test("Oslo's document of the twentieth of April 2022", async () => {
  const { say, type } = await declared('Batch processing is halted: no logs', '2022-04-20T18:00:00Z');
  const card = house.trello.state.addCard(house.trello.state.list(house.board.id, 'To do').id, { name: 'Use S3 and DynamoDB for Loki', idShort: 676 });
  const url = `https://trello.com/c/${card.shortLink}`;
  await say('note 11:28 Team Barnehagepris was made aware of the problem');
  await say('note 11:38 Team Barnehagepris [reached out](https://oslokommune.slack.com/archives/CV9EGL9UG/p1650447510612329) to Team Kjøremiljø about the problem');
  await say('note 11:56 Team Kjøremiljø initiated support by suggesting different possible solutions');
  await say('mark event-start 11:28');
  await say('mark fixed 19:33');
  await say('note 19:33 processing resumes.');
  await say('summary Team Barnehagepris had to postpone batch processing operations for seven hours due to suspended logging.');
  await say('impact During the annual creation of re-applications for citizens with reduced payment the processing had to be halte for hours.');
  await say('impact Approximately two hours of log data got lost');
  await say('cause Log retention policies for Loki had not been configured');
  await say(`solution The following steps were done as a temporary solution\n\n- Created a bigger volume for logs (from 10GB to 50GB) and migrated old logs to the new volume\n- Configured log retention to suit needs\n\nAs a more permanent fix, we'll use S3 and DynamoDB as a persistence layer for Loki as described in [KM676](${url})`);
  await say('well Great cooperation between Team Barnehagepris and Team Kjøremiljø');
  await say('well Impressive will to learn, execute and a commendable attitude in Team Barnehagepris');
  await say('wrong Development environment did not match production environment causing delays during the research and test phase. The log persistence patch had only been applied in production.');
  await say('mitigation One or more of the following mitigations will work:\n\n- Configure log retention for Loki\n- Use S3 and DynamoDB for logs and indexes\n- Use managed Loki');
  await say('link https://oslokommune.slack.com/archives/CV9EGL9UG/p1650447510612329 Thread in #kjøremiljø-support');
  await say('link https://oslokommune.slack.com/archives/C02CLDZDD0A/p1650446906306059 Start of event in #team-barnehagepris');
  await type(`/action link ${url}`);
  await until(async () => (await house.vakt.exportJson(1)).actions.some((item) => item.card), 'the card');
  const ours = await document('oslo', 20);
  const theirs = without(await golden('oslo')).replaceAll('https://trello.com/c/QIgNLSh1', url);
  const rows = (text) => shape(text).timeline;
  const added = rows(without(ours)).filter((line) => !rows(theirs).includes(line));
  const item = added.find((line) => line.includes('Use S3')), start = added.find((line) => line.includes('EVENT START'));
  assert.ok(item && start, JSON.stringify(added));
  same(without(ours), theirs, {
    [`+${start}`]: 'every incident of ours has an EVENT START; the row that people noted stands as the note in it',
    '-| 11:28 | Team Barnehagepris was made aware of the problem |': 'the same row, without the marker',
    [`+${item}`]: 'the action item that was added that evening is an event of ours',
    [`+${shape(item).links[0]}`]: 'and its row links to the card',
  });
  const check = await house.vakt.attempt('export', '1', '--template', 'oslo', '--check');
  assert.deepEqual([check.code, check.stderr], [0, '']);
  assert.equal(check.stdout, ours);
});

// vakt's clock runs from where it is set: the flag is turned off in the second in which it was. Null where the machine
// was too slow for that.
async function killedInTheSecond(unleash) {
  const flag = 'dagpenger.soknadsdialog';
  house = await ActionHouse.start();
  Object.assign(house.vakt.env, { UNLEASH_URL: unleash.url, UNLEASH_API_TOKEN: 'user:0123456789abcdef' });
  const own = `${settings}[[flags.strategy]]\nname = "byCluster"\nmatches = "cluster"\n`;
  unleash.turn(flag, true, 'geir', '2022-10-27T10:53:34.000Z');
  await house.run(own, { VAKT_CLOCK: '2022-10-27T11:01:10Z' });
  const { kari, space } = house;
  await until(async () => (await space.control('calls')).calls.some((call) => call.method === 'usergroups.list'), 'the operators to be known');
  await until(() => unleash.asked > 0, 'the changes to be looked at');
  const before = Date.now();
  await kari.say('incidents', '/incident declare sev1 Ny søknadsdialog for Dagpenger ble lansert for tidlig');
  const channel = await until(async () => (await space.state()).channels.find((one) => /^inc-1-/.test(one.name))?.id, 'the channel');
  const ahead = Date.parse((await house.vakt.exportJson(1)).declared_at) - before;
  unleash.now = () => new Date(Date.now() + ahead);
  const due = Date.parse('2022-10-27T11:01:21.100Z') - ahead;
  if (Date.now() > due) return null;
  await new Promise((done) => setTimeout(done, due - Date.now()));
  await kari.say(channel, `/flag off ${flag}`);
  const change = await until(async () => (await house.vakt.exportJson(1)).flags.find((one) => one.standing === 'proven'), 'the kill to be proven');
  await house.vakt.stop();
  if (!change.served_at.startsWith('2022-10-27T11:01:21')) return null;
  await house.run(own, { VAKT_CLOCK: '2022-10-27T12:30:00Z' });
  return (words) => kari.say(channel, `/incident ${words}`);
}

test("NAV's flag: on at 12:53:34, off by the kill switch at 13:01:21", async () => {
  let say = null;
  for (let attempt = 0; attempt < 3 && !say; ++attempt) {
    await house?.stop();
    const unleash = await ScriptedUnleash.start();
    unleash.strategies = [{ name: 'byCluster', parameters: { cluster: 'dev-gcp' }, constraints: [] }, { name: 'default', parameters: {}, constraints: [] }];
    unleash.flag('dagpenger.soknadsdialog', false);
    try {
      say = await killedInTheSecond(unleash);
      if (!say) continue;
      await say('note ~12:30 inngangsapplikasjon som benyttet feature toggle ble produksjonssatt');
      await say('mark event-start ~13:00');
      await say('note ~13:00 Oppdaget aktive logger og påstarte søknader i produksjon');
      await say('note 13:05 -> Oversikt over hvem som som har kommet seg inn i ny søknadssdialog.');
      await say('note 14:00 -> Liste med hvem (7 stk) som er berørte oversendt til NAY for videre oppfølgning');
      const ours = await document('nav', 9);
      const rows = shape(ours).timeline;
      same(rows.join('\n'), shape(await golden('nav')).timeline.join('\n'), {
        '+- 12:53.34 Feature toggle `dagpenger.soknadsdialog` skrudd på i production': 'ours names the flag and where: a record may hold several',
        '-- 12:53.34 Feature toggle skrudd på': 'theirs',
        '+- 13:01.21 Feature toggle `dagpenger.soknadsdialog` skrudd av i production': 'as above',
        '-- 13:01.21 Feature toggle skrudd av': 'theirs',
        '+- ~ 13:00 HENDELSE START - Oppdaget aktive logger og påstarte søknader i produksjon': 'every incident of ours has an EVENT START; the note stands in it',
        '-- ~ 13:00 Oppdaget aktive logger og påstarte søknader i produksjon': 'the same row, without the marker',
      });
      const cause = ours.slice(ours.indexOf('**Rotårsaker:**'), ours.indexOf('**Løsning:**'));
      assert.match(cause, /eksponert i production i 7 min 47 s \(fra 12:53:34 til 13:01:21\); omtrent 6 og et halvt minutt av det gikk før det ble oppdaget\./);
      assert.match(cause, /strategien `default` er knyttet med ELLER til `byCluster`/);
    } finally {
      await unleash.stop();
    }
  }
  assert.ok(say, 'three times the machine was too slow to hit the second');
});

test("NAV's document of the 27th of October 2022", async () => {
  const { say } = await declared('Ny søknadsdialog for Dagpenger ble lansert for tidlig', '2022-10-27T12:30:00Z');
  await say('lead @kari');
  await say('note ~12:30 inngangsapplikasjon som benyttet feature toggle ble produksjonssatt');
  await say('note 12:53:34 Feature toggle skrudd på');
  await say('note ~13:00 Oppdaget aktive logger og påstarte søknader i produksjon');
  await say('note 13:01:21 Feature toggle skrudd av');
  await say('note 13:05 -> Oversikt over hvem som som har kommet seg inn i ny søknadssdialog.');
  await say('note 14:00 -> Liste med hvem (7 stk) som er berørte oversendt til NAY for videre oppfølgning');
  await say('mark event-start ~13:00');
  await say('summary Dagpengerteamet har en stund jobbet med en ny søknadsdialog denne er prodsatt men ikke lansert.');
  await say('affected 7 søknader');
  await say('impact Det ble sendt inn 7 søknader innsendt som må følges opp av NAV arbeid og ytelser (NAY).');
  await say('cause Vi benytter [Unleash](https://unleash.nais.io/) som verktøy for feature toggling.');
  await say('solution Skrudde av feature togglen');
  await say('detection Så trafikk i produksjon (logger)');
  await say('learned Vi lærte at vi har mye av funksjonalitet på plass allerede');
  await say('well Søknader ble sendt inn uten tekniske feil');
  await say('resolve');
  const ours = await document('nav', 18);
  const theirs = await golden('nav');
  const resolved = shape(ours).timeline.find((line) => line.includes('Løst'));
  same(ours, theirs, {
    '+**Av:** @Kari': 'the lead is a person of the local workspace',
    '-**Av:** @geir.andre.lund': 'theirs',
    '+- ~ 13:00 HENDELSE START - Oppdaget aktive logger og påstarte søknader i produksjon': 'every incident of ours has an EVENT START; the note stands in it',
    '-- ~ 13:00 Oppdaget aktive logger og påstarte søknader i produksjon': 'the same row, without the marker',
    [`+${resolved}`]: 'resolving it is an event of ours',
  });
  const check = await house.vakt.attempt('export', '1', '--template', 'nav', '--check');
  assert.deepEqual([check.code, check.stderr], [1, '1 of 12 sections are empty: Hva gikk dårlig\n']);

  // One's own template beside the configuration, and one that is wrong.
  await writeFile(join(house.space.folder, 'nav.mustache'), '# {{title}}\n\n{{#timeline}}\n{{time}} {{event}}\n\n{{/timeline}}\n');
  assert.match(await house.vakt.command('export', '1', '--template', 'nav'), /^# Ny søknadsdialog .*\n\n~12:30 inngangs/);
  await writeFile(join(house.space.folder, 'nav.mustache'), '# {{title}}\n\n{{titel}}\n');
  const wrong = await house.vakt.attempt('export', '1', '--template', 'nav');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /nav\.mustache, line 3: documents know no \{\{titel\}\}\. The nearest name is \{\{title\}\}\.\n$/);
  const none = await house.vakt.attempt('export', '1', '--template', 'oslu');
  assert.equal(none.code, 1);
  assert.match(none.stderr, /There is no template "oslu".*The nearest built-in one is oslo/);
  const page = await house.vakt.command('export', '1', '--format', 'html', '--template', 'oslo');
  assert.match(page, /^<!doctype html>[\s\S]*<mark>\[FILL_IN\]<\/mark>[\s\S]*<\/html>\n$/);
  assert.match(await house.vakt.command('export', '1', '--format', 'html'), /<h1>1 Ny søknadsdialog/);
});
