// A workspace with vakt, and a Trello with its team's board: what people do with action items, and what they see.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { Trello } from './trello.mjs';
import { Vakt, Workspace, until } from './workspace.mjs';

export const config = (more = '') => `[http]
listen = ""
[bot]
timezone = "Europe/Oslo"
holidays = "NO"
[trello]
board = "Team board"
list_todo = "To do"
lists_doing = ["Doing"]
lists_done = ["Done"]
label = "KM"
poll_seconds = 10
[trello.members]
U0KARI = "kari"
${more}`;

export const withoutTrello = '[http]\nlisten = ""\n';
export const words = (message) => `${message.text}\n${JSON.stringify(message.blocks ?? [])}`;
export const buttons = (message) => (message.blocks ?? []).flatMap((block) => block.elements ?? []).filter((element) => element.type === 'button');

export class ActionHouse {
  static async start(options = {}) {
    const one = new ActionHouse();
    one.space = await Workspace.start();
    one.trello = await Trello.start({ limits: { key: 3_000, token: 1_000 }, ...options });
    one.board = one.trello.state.addBoard('Team board', undefined, [one.trello.state.addMember('kari')]);
    one.kari = one.space.person('U0KARI');
    one.ola = one.space.person('U0OLA');
    one.vakt = new Vakt(one.space);
    Object.assign(one.vakt.env, { TRELLO_API_URL: one.trello.url, TRELLO_API_KEY: one.trello.key, TRELLO_API_TOKEN: one.trello.token });
    return one;
  }

  async stop() {
    try {
      if (this.vakt.program?.alive) await this.vakt.stop();
    } finally {
      await this.space.stop();
      await this.trello.stop();
    }
  }

  async run(text = config(), env = {}) {
    Object.assign(this.vakt.env, env);
    await writeFile(this.vakt.config, text);
    await this.vakt.run();
  }

  runWithoutTrello() {
    delete this.vakt.env.TRELLO_API_KEY;
    delete this.vakt.env.TRELLO_API_TOKEN;
    return this.run(withoutTrello);
  }

  // The id of a new incident's channel.
  async incident(title = 'Loki is full', who = this.kari) {
    await who.say('incidents', `/incident declare sev2 ${title}`);
    const word = title.split(' ')[0].toLowerCase();
    return (await this.space.see(who.id, (s) => s.channels.find((c) => c.name.startsWith('inc-') && c.name.includes(word) && c.pins.length === 1), 'the channel')).id;
  }

  async items(...more) { return JSON.parse(await this.vakt.command('actions', '--json', ...more)); }
  async item(title) { return (await this.items()).find((one) => one.title === title) ?? assert.fail(`no item ${title}`); }
  get cards() { return [...this.trello.state.cards.values()]; }
  card(title) { return this.cards.find((one) => one.name === title) ?? assert.fail(`no card ${title}`); }

  // Items of these titles, each with its card.
  async add(channel, ...titles) {
    for (const title of titles) await this.kari.say(channel, `/action add ${title}`);
    await until(async () => (await this.items()).filter((one) => one.card?.short_link).length >= titles.length, 'their cards', 20_000);
  }

  // What a channel holds of vakt's own, for all to see, oldest first.
  async posts(channel, pattern = /./) {
    return (await this.space.history(channel)).filter((m) => m.user === 'U0VAKT' && !m.ephemeral_for && pattern.test(words(m)));
  }
  sees(channel, pattern, { who = 'U0KARI', ms = 8000, last = false } = {}) {
    const find = (messages) => (last ? messages.findLast((m) => pattern.test(words(m))) : messages.find((m) => pattern.test(words(m))));
    return this.space.see(who, (s) => find(s.channels.find((c) => c.name === channel || c.id === channel)?.messages ?? []), `${pattern} in ${channel}`, ms);
  }
  press(who, channel, message, action) {
    return who.press(channel, message.ts, buttons(message).find((b) => b.action_id.startsWith(action))?.action_id ?? assert.fail(`no ${action} in ${words(message)}`));
  }

  // Waits until whole polls have begun and ended.
  async polled(times = 1) {
    const polls = () => this.trello.lines('GET /').length;
    for (let i = 0; i < times; ++i) {
      const before = polls();
      await until(() => polls() > before, 'the next poll', 25_000);
      await until(async () => {
        const seen = this.trello.log.length;
        await new Promise((done) => setTimeout(done, 400));
        return this.trello.log.length === seen;
      }, 'its end', 15_000);
    }
  }
}
