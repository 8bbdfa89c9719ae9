// Records every message with Bolt as its documents show it, and commits before it acknowledges.
// Bolt acknowledges an event before any listener or middleware sees it; `authorize` is the one hook that runs before.
import { DatabaseSync } from 'node:sqlite';
import bolt from '@slack/bolt';

const db = new DatabaseSync(process.env.BOT_DATABASE);
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, ts TEXT NOT NULL, user TEXT, text TEXT) STRICT`);
const insert = db.prepare('INSERT INTO messages (channel, ts, user, text) VALUES (?, ?, ?, ?)');

const botToken = process.env.SLACK_BOT_TOKEN;
const app = new bolt.App({
  appToken: process.env.SLACK_APP_TOKEN, socketMode: true, logLevel: bolt.LogLevel.ERROR,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  authorize: async (source, body) => {
    if (body?.event?.type === 'message') insert.run(body.event.channel, body.event.ts, body.event.user ?? null, body.event.text ?? null);
    return { botToken, botId: 'B0BOT', botUserId: 'U0BOT' };
  },
});
app.message(async () => {});
await app.start();
