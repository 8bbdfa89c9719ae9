// Action items from a terminal: the record, `vakt actions`, `vakt digest`, `vakt check`.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ActionHouse, config, withoutTrello } from './lib/action_house.mjs';
import { until } from './lib/workspace.mjs';
import { writeFile } from 'node:fs/promises';

let house;
beforeEach(async () => { house = await ActionHouse.start(); });
afterEach(async () => { await house?.stop(); });

const micros = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const teams = `[[team]]
name = "platform"
channel = "incidents"
lead = "U0KARI"
board = "Team board"
list_todo = "To do"
[[team]]
name = "payments"
channel = "general"
board = "Team board"
list_todo = "To do"
digest = "tue 10:30"
`;

test('the record and the lists: what scripts rely on', async () => {
  await house.run(config(), { VAKT_CLOCK: '2026-11-21T10:00:00Z' });
  const channel = await house.incident();
  await house.add(channel, 'Open one @kari due 2026-11-27 --kind prevent', 'Late one due 2026-11-01', 'Done one', 'Never');
  for (const line of ['done 3', 'wontdo 4 the service is being replaced', 'snooze 1 +1w waiting for disks']) await house.kari.say(channel, `/action ${line}`);
  await until(async () => (await house.items('--open')).length === 2, 'two to be closed');
  const { actions } = await house.vakt.exportJson(1);
  assert.deepEqual(actions.map((one) => [one.id, one.title, one.state, one.kind, one.priority, one.owner, one.due, one.snoozed_until]), [
    [1, 'Open one', 'open', 'prevent', 'sev2', 'U0KARI', '2026-11-27', '2026-11-28'], [2, 'Late one', 'open', null, 'sev2', null, '2026-11-01', null],
    [3, 'Done one', 'done', null, 'sev2', null, null, null], [4, 'Never', 'wont_do', null, 'sev2', null, null, null]]);
  for (const one of actions) {
    for (const key of ['id', 'title', 'state', 'kind', 'priority', 'team', 'owner', 'due', 'snoozed_until', 'card', 'created_at', 'closed_at']) assert.ok(key in one, `${key} in ${JSON.stringify(one)}`);
    assert.match(one.created_at, micros);
    assert.match(one.card.url, new RegExp(`^https://trello\\.com/c/${one.card.short_link}`));
    assert.match(one.card.label, /^KM\d+$/);
    assert.equal(one.closed_at !== null, ['done', 'wont_do'].includes(one.state));
  }
  assert.match(actions[2].closed_at, micros);
  const ids = async (...more) => (await house.items(...more)).map((one) => one.id);
  assert.deepEqual(await ids(), [1, 2, 3, 4]);
  assert.deepEqual(await ids('--open'), [1, 2]);
  assert.deepEqual(await ids('--overdue'), [2]);
  const text = await house.vakt.command('actions');
  assert.match(text, /^\[ \] .*Open one.*due 27 November$/m);
  assert.match(text, /^\[x\] .*Done one.*by Kari$/m);
  assert.match(text, /^\[x\] .*Never.*won't be done/m);
  assert.doesNotMatch(text, /[`*]|<@/);
  assert.match((await house.vakt.attempt('actions', '--open', '--overdue')).stderr, /exclude|open/i);
});

test('the digest of a moment is shown and not sent, for one team or all, at a time in UTC or in the zone', async () => {
  await house.run(config(teams), { VAKT_CLOCK: '2026-11-18T10:00:00Z' });
  const channel = await house.incident();
  await house.add(channel, 'Open one @kari due 2026-11-27', 'Late one @ola due 2026-11-20', 'Paid one --team payments');
  await house.polled();
  const before = (await house.posts('incidents')).length;
  const utc = await house.vakt.command('digest', '--at', '2026-11-23T08:00:00Z', '--team', 'platform');
  assert.equal(await house.vakt.command('digest', '--at', '2026-11-23 09:00', '--team', 'Platform'), utc);
  assert.match(utc, /To the channel incidents:\nAction items, 23 November\nOverdue: 1\n.*Late one.*was due 20 November\nDue within 7 days: 1\n.*Open one/);
  assert.match(utc, /Read from Trello at 18 November 11:0\d/, 'not on that Monday');
  assert.match(utc, /To Kari:\nYour action items, 23 November/);
  assert.match(utc, /To Ola:[\s\S]*Late one[^\n]*\n +\[Done\] \[Snooze\]/);
  assert.doesNotMatch(utc, /Paid one/);
  const both = await house.vakt.command('digest', '--at', '2026-11-24T09:30:00Z');
  assert.match(both, /== platform ==[\s\S]*No digest is due then; the next one comes 30 November[\s\S]*== payments ==[\s\S]*Paid one/);
  assert.equal((await house.posts('incidents')).length, before, 'nothing was sent');
  assert.equal((await house.vakt.attempt('digest', '--at', 'monday')).code, 2);
  const unknown = await house.vakt.attempt('digest', '--team', 'nobody');
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /no team "nobody".*platform, payments/);
});

test('check: good, a dead token, no such list, no such board, half a configuration, none', async () => {
  await house.run();
  const check = async (text = config()) => {
    await writeFile(house.vakt.config, text);
    const { code, stdout, stderr } = await house.vakt.attempt('check');
    assert.ok(![house.trello.token].some((secret) => secret !== 'token' && `${stdout}${stderr}`.includes(secret)));
    return { code, lines: stdout.split('\n').filter((line) => /trello/i.test(line)).join('\n') };
  };
  for (const name of ['prevent', 'mitigate', 'detect', 'process', 'sev1', 'sev2', 'sev3', 'sev4']) house.trello.state.addLabel(house.board.id, name);
  let said = await check();
  assert.equal(said.code, 0, said.lines);
  assert.match(said.lines, /^ok {4}.*Team board/m);
  assert.doesNotMatch(said.lines, /WRONG|look/, said.lines);
  said = await check(config().replace('lists_done = ["Done"]', 'lists_done = ["Finished"]'));
  assert.equal(said.code, 1);
  assert.match(said.lines, /^WRONG .*Finished.*/m);
  assert.match(said.lines, /To do|Doing|Done/, 'the lists that it has');
  said = await check(config().replace('board = "Team board"', 'board = "Taem board"'));
  assert.match(said.lines, /^WRONG .*Taem board/m);
  house.trello.revoke();
  said = await check();
  assert.equal(said.code, 1);
  assert.match(said.lines, /^WRONG .*(TRELLO_API_TOKEN|token)/m);
  house.trello.goDown();
  said = await check();
  assert.equal(said.code, 1);
  delete house.vakt.env.TRELLO_API_TOKEN;
  said = await check();
  assert.match(said.lines, /^WRONG trello: TRELLO_API_TOKEN is not set/m);
  delete house.vakt.env.TRELLO_API_KEY;
  said = await check(withoutTrello);
  assert.match(said.lines, /^ok {4}trello: not configured/m);
});
