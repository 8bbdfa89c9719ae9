// One call through a flag provider of vakt's (tests/flags/provider_cli.cpp), by a process of its own.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { binary } from './process.mjs';

const run = promisify(execFile);
const flag = ({ name, states }) => ({ name, states });

// `addresses`: "production=URL,staging=URL", or one URL or file, which is production. Its answer, or { fault, text }.
export async function provider(kind, addresses, [call, ...words], token = '') {
  const environments = addresses.split(',').flatMap((one) => ['--environment', /^\w+=/.test(one) ? one : `production=${one}`]);
  const { stdout } = await run(binary('vakt-provider'), ['--token', token, '--token-variable', 'PROVIDER_TOKEN', '--project', '', ...environments, kind, '-', call, ...words], { timeout: 20000 });
  const answer = JSON.parse(stdout);
  if (answer.error) return { fault: answer.error.fault, text: answer.error.text };
  if (call === 'read') return { ...flag(answer.flag), snapshot: answer.snapshot };
  if (call === 'catalog') return Object.fromEntries(Object.entries(answer.catalog.flags).map(([name, one]) => [name, flag(one)]));
  if (call === 'changes') return { cursor: answer.cursor, changes: answer.changes.map(({ name, environment, what }) => ({ name, environment, what })) };
  if (call === 'by_hand') return { command: answer.by_hand };
  return { done: answer.done };
}
