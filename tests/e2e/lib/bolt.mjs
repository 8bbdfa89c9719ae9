// Slack's own Bolt for JavaScript, connected to the local workspace.
import bolt from '@slack/bolt';

export async function boltApp(workspace, prepare) {
  const app = new bolt.App({
    token: 'xoxb-local', appToken: 'xapp-local', socketMode: true, logLevel: bolt.LogLevel.ERROR,
    clientOptions: { slackApiUrl: `${workspace.url}/api/` },
  });
  app.wrong = [];
  app.error(async (error) => { app.wrong.push(error); });
  prepare(app);
  await app.start();
  await workspace.connected();
  return app;
}

const text = (t) => ({ type: 'plain_text', text: t });

// A modal with one of each kind of input.
export const everyInput = (more = {}) => ({
  type: 'modal', callback_id: 'everything', title: text('Declare incident'), submit: text('Declare'), close: text('Cancel'), ...more,
  blocks: [
    { type: 'section', block_id: 'intro', text: { type: 'mrkdwn', text: 'Tell *what is wrong*. Only the title is needed.' } },
    { type: 'input', block_id: 'title', label: text('Title'), element: { type: 'plain_text_input', action_id: 'v', max_length: 100, placeholder: text('Checkout is down') } },
    { type: 'input', block_id: 'severity', optional: true, label: text('Severity'), element: { type: 'static_select', action_id: 'v', placeholder: text('Not known yet'),
      options: ['sev1', 'sev2', 'sev3'].map((s) => ({ text: text(s.toUpperCase()), value: s })) } },
    { type: 'input', block_id: 'lead', optional: true, label: text('Lead'), element: { type: 'users_select', action_id: 'v' } },
    { type: 'input', block_id: 'impact', optional: true, label: text('Impact'), hint: text('Who notices, and how.'), element: { type: 'plain_text_input', action_id: 'v', multiline: true } },
    { type: 'input', block_id: 'when', optional: true, label: text('Day'), element: { type: 'datepicker', action_id: 'v' } },
    { type: 'input', block_id: 'clock', optional: true, label: text('Time'), element: { type: 'timepicker', action_id: 'v' } },
    { type: 'input', block_id: 'kind', optional: true, label: text('Kind'), element: { type: 'radio_buttons', action_id: 'v',
      options: [{ text: text('Real'), value: 'real' }, { text: text('Drill'), value: 'drill' }], initial_option: { text: text('Real'), value: 'real' } } },
    { type: 'input', block_id: 'also', optional: true, label: text('Also'), element: { type: 'checkboxes', action_id: 'v',
      options: [{ text: text('Page on-call'), value: 'page' }, { text: text('Tell support'), value: 'support' }] } },
  ],
});
