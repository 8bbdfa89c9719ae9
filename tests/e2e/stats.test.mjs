// Figures over incidents, from the terminal and once a month in the announce channel, on the set clock.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, test } from 'node:test';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let space, vakt, kari;

beforeEach(async () => {
  space = await Workspace.start();
  vakt = new Vakt(space);
  kari = space.person('U0KARI');
  await writeFile(vakt.config, '[http]\nlisten = ""\n[bot]\ntimezone = "Europe/Oslo"\nmonth_summary = true\n');
});
afterEach(async () => {
  try {
    if (vakt.program?.alive) await vakt.stop();
  } finally {
    await space.stop();
  }
});

const runAt = async (clock) => {
  Object.assign(vakt.env, { VAKT_CLOCK: clock });
  await vakt.run();
};
const declared = async (number, text) => {
  await kari.say('incidents', `/incident ${text}`);
  return (await space.see('U0KARI', (s) => s.channels.find((c) => c.name.startsWith(`inc-${number}-`) && c.pins.length === 1), 'the channel')).id;
};

test('times come from the markers, a drill counts for nothing, and the month is told once', async () => {
  await runAt('2026-10-20T11:00:00Z');
  const channel = await declared(1, 'declare sev1 Login is down');
  for (const mark of ['downtime-start 11:40', 'event-start 11:49', 'fixed 12:10', 'downtime-end 12:11']) await kari.say(channel, `/incident mark ${mark}`);
  await kari.say(channel, '/incident note 11:50 Restarted the pods');
  await declared(2, 'test Trying the pager');
  await until(async () => (await vakt.exportJson(1)).markers.downtime_end, 'the markers');

  const stats = JSON.parse(await vakt.command('stats', '--json'));
  assert.deepEqual([stats.incidents, stats.open], [1, 1]);
  const [row] = stats.by_month_and_severity;
  assert.deepEqual([row.month, row.severity, row.incidents], ['2026-10', 'sev1', 1]);
  assert.equal(row.time_to_detect.median_seconds, 9 * 60);
  assert.equal(row.time_to_react.median_seconds, 60);
  assert.equal(row.time_to_fix.median_seconds, 21 * 60);
  assert.equal(row.downtime.longest_seconds, 31 * 60);
  assert.match(await vakt.command('stats'), /2026-10 +SEV1 +1 +9 min +1 min +21 min +31 min/);
  await vakt.stop();

  await runAt('2026-11-02T07:59:58Z');  // 1 November is a Sunday
  const told = async () => (await space.history('incidents')).filter((m) => /October 2026/.test(m.text));
  await until(async () => (await told()).length === 1, 'the summary', 15_000);
  assert.match((await told())[0].text, /incidents: 1/);
  await vakt.stop();
  await vakt.run();
  await sleep(2500);
  assert.equal((await told()).length, 1, 'once');
});
