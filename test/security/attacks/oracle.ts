/** What must be true after every attack, whatever it was. */

import { type Attack, canary } from './attack.js';
import { bytesOf, type Reply } from './wire.js';
import { ORDER_SIGN, tokenOf } from './tokens.js';
import { callOf, type World } from './world.js';

/** Also traces of any token, of the inside of the service, and of what attacks want to see repeated. */
const telling = [
  ...Object.values(canary),
  'Bearer eyJ',
  'eyJ0eXAi',
  'node_modules',
  'dist/',
  '.js:',
  'ECHO-',
  '<script',
  'onerror',
  'root:x:',
];
const libraries =
  /\b(express|jose|zod|undici|body-parser|SyntaxError|TypeError|RangeError|JWS|JWT\w+Error)\b/i;

/** One finding a line: what is wrong; nothing when the service has withstood. */
export interface Judged {
  readonly attack: Attack;
  readonly reply: Reply;
  readonly world: World;
  readonly logBefore: number;
}

/** The one body of every 401. */
let refusal: string | undefined;

function ofReply({ attack, reply }: Judged): string[] {
  const { expected, within = 1_000 } = attack;
  const { status, ms, body, headers } = reply;
  const findings: string[] = [];
  const check = (isRight: boolean, finding: string) => {
    if (!isRight) findings.push(finding);
  };
  check(
    expected.includes(status),
    `status ${status}, expected ${expected.join(' or ')}: ${body.slice(0, 300)}`,
  );
  check(ms <= within, `answered after ${Math.round(ms)} ms`);
  for (const text of telling) check(!reply.raw.includes(text), `the answer tells "${text}"`);
  if (status >= 400) findings.push(...ofRefusal(reply));
  if (status === 401) {
    refusal ??= body;
    check(body === refusal, 'this 401 differs from the others');
    check(headers['www-authenticate'] === 'Bearer', 'a 401 without WWW-Authenticate: Bearer');
  }
  if (status === 200 && body !== '') check(isJson(body), 'the answer is not JSON');
  return findings;
}

/** Node.js itself answers what is no HTTP, and says nothing but the status. */
function ofRefusal({ headers, body, raw }: Reply): string[] {
  const isOfService = headers['x-request-id'] !== undefined;
  if (body === '' && (!isOfService || headers['content-length'] !== '0')) return [];
  const outcome = isJson(body) ? (JSON.parse(body) as { resourceType?: unknown }) : {};
  return [
    ...(/^application\/(fhir\+)?json/.test(headers['content-type'] ?? '')
      ? []
      : ['a refusal that is no JSON']),
    ...(outcome.resourceType === 'OperationOutcome' || raw.startsWith('HTTP/1.1 5')
      ? []
      : ['no OperationOutcome']),
    ...(body.length <= 2_048 ? [] : [`a refusal of ${body.length} bytes`]),
    ...(libraries.test(body) ? ['the refusal names a library'] : []),
    ...(/^(text|.*\bat )\S+ \(/.test(body) ? ['a stack'] : []),
  ];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function ofLog(text: string): string[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return [
    ...telling.filter((one) => one !== '.js:' && text.includes(one)).map((one) => `the log tells "${one}"`),
    ...lines
      .filter((line) => !isJson(line))
      .map((line) => `a line of the log is no JSON: ${line.slice(0, 200)}`),
    ...lines.filter((line) => line.length > 4_096).map((line) => `a line of ${line.length} characters`),
    ...lines.filter((line) => line.includes('"msg":"failed"')).map((line) => `a failure inside: ${line}`),
  ];
}

/** The call that must go on being answered rightly. */
export async function legalCall({ raw }: World): Promise<string[]> {
  const body = JSON.stringify(callOf());
  const reply = await raw(
    bytesOf({ path: ORDER_SIGN, headers: { Authorization: `Bearer ${tokenOf()}` }, body }),
  );
  const isRight = reply.status === 200 && reply.body.includes('"code":"interchange-ordered-together"');
  const said = `${reply.status} ${reply.body.slice(0, 200)}`;
  return [
    ...(isRight ? [] : [`the next legal call was answered ${said}`]),
    ...(reply.ms < 1_000 ? [] : [`the next legal call took ${Math.round(reply.ms)} ms`]),
  ];
}

/** Long calls one after the other are overload: others may be turned away, but not for long after the last of them. */
const RECOVERY_MS = 5_000;

async function legalCallSoon(world: World): Promise<string[]> {
  const until = performance.now() + RECOVERY_MS;
  let found = await legalCall(world);
  while (found.length > 0 && performance.now() < until) {
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    found = await legalCall(world);
  }
  return found;
}

/** @returns findings; none when the service has withstood */
export async function judge(judged: Judged): Promise<readonly string[]> {
  const { attack, reply, world, logBefore } = judged;
  const legal = await (attack.isCostly === true ? legalCallSoon(world) : legalCall(world));
  const { child } = world;
  const isAlive = child.exitCode === null && child.signalCode === null;
  return [
    ...ofReply(judged),
    ...(attack.also?.(reply, world) ?? []),
    ...legal,
    ...(isAlive ? [] : ['the process has ended']),
    ...(world.trapped() === 0 ? [] : ['the trap was connected to']),
    ...ofLog(world.log().slice(logBefore)),
  ];
}
