/** Reads the file of a hook call that somebody named at a terminal. */

import { readFileSync } from 'node:fs';
import { hookRules } from '../src/cdshooks/hooks.js';
import type { HookRequest } from '../src/cdshooks/protocol.js';
import { validate } from '../src/http/validate.js';
import type { Terminal } from './check-cards.js';

/** Nothing after the terminal was told what is wrong with the file. */
export function readRequest(file: string | undefined, terminal: Terminal): HookRequest | undefined {
  if (file === undefined) {
    terminal.error(
      'expected --request and the file of a hook call, such as fhir-fixtures/requests/both-relaxants-drafted.json',
    );
    return undefined;
  }
  try {
    const body = JSON.parse(readFileSync(file, 'utf8')) as { readonly hook?: unknown };
    const rule = hookRules.find(({ hook }) => hook === body.hook);
    if (rule === undefined)
      throw new Error(`expected hook to be one of ${hookRules.map(({ hook }) => hook).join(', ')}`);
    return validate(body, rule, rule.serviceId);
  } catch (error) {
    terminal.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
