// kill -9 at the moments that hurt: the answers of Slack that vakt has not heard.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { answeredOnce, incidentChannels, messages, sound } from './lib/sound.mjs';
import { Vakt, Workspace, sleep, until } from './lib/workspace.mjs';

let space, vakt, kari;

beforeEach(async () => {
  space = await Workspace.start();
  vakt = await Vakt.start(space);
  kari = space.person('U0KARI');
});

afterEach(async () => {
  try {
    if (vakt?.program.alive) await vakt.stop();
  } finally {
    await space?.stop();
  }
});

// The moments when Slack has done it and vakt does not know yet.
for (const method of ['conversations.create', 'chat.postMessage', 'conversations.setTopic', 'conversations.invite', 'pins.add', 'bookmarks.add', 'respond', 'users.info']) {
  for (const how of ['the answer is late', 'the answer is lost']) {
    test(`killed when ${method} was carried out and ${how}`, async () => {
      // A response_url is no method: there the kill follows the call, which is made where the channel took too long for the ack.
      if (method === 'respond') await space.control('fault', { method: 'conversations.create', times: 1, delay_ms: 2000 });
      else await space.control('fault', { method, times: 1, ...(how === 'the answer is late' ? { delay_ms: 3000 } : { drop: 'after' }) });
      await space.control('calls', { clear: true });
      assert.ok((await kari.raw('say', { channel: (await space.channel('incidents')).id, text: '/incident declare sev2 Aimed' })).ok);
      await until(async () => (await space.control('calls')).calls.some((c) => c.method === method), `a call of ${method}`);
      await vakt.kill();
      await vakt.run();
      const channel = await until(async () => (await incidentChannels(space))[0], 'the channel', 20000);
      await kari.join(channel.id);
      const ts = await kari.say(channel.id, 'After');
      const record = await until(async () => {
        const now = await vakt.exportJson(1);
        const { channel: shown } = await space.control('history', { channel: channel.id });
        return messages(now).length === 1 && shown.bookmarks.length > 0 && shown.members.includes('U0KARI') && now;
      }, 'the incident to be complete', 30000);
      await sleep(500);
      await sound(space, record, [{ ts, text: 'After' }], []);
      await answeredOnce(space);
      assert.equal((await incidentChannels(space)).length, 1, 'one channel');
      const announced = (await space.history('incidents')).filter((m) => m.user === 'U0VAKT' && !m.ephemeral_for && JSON.stringify(m).includes(channel.id));
      assert.equal(announced.length, 1, 'one announcement');
    });
  }
}
