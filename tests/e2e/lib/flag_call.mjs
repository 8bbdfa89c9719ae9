// One call through a flag provider of vakt's.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { binary } from './process.mjs';

const run = promisify(execFile);

// Its answer, or { fault, text }. `words` as tests/flags/flag_call.cpp says.
export async function provider(kind, addresses, words, token = '') {
  const { stdout } = await run(binary('vakt-flag-call'), [kind, addresses, ...words], { env: { ...process.env, PROVIDER_TOKEN: token }, timeout: 20000 });
  return JSON.parse(stdout);
}
