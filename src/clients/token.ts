/** Takes a token apart before anything of it is believed: its form, its header, and whom it claims to be from. */

import { hasDuplicateMembers } from './duplicate-members.js';
import { RefusedError } from './refused.js';

/** Nothing here is verified. */
export interface ReadToken {
  readonly compact: string;
  readonly alg: string;
  readonly kid: string;
  readonly jku: unknown;
  readonly iss: string;
}

const MOST_CHARACTERS = 8_192;

/** RFC 7515 3.1: three parts. Blanks inside are not skipped, as some libraries do: one token, one spelling. */
const BEARER = /^Bearer +(([\w-]+)\.([\w-]+)\.([\w-]+))$/i;

/** Base64 is seen (Epic: `+`, `/`, `=`), so any visible character of ASCII is taken: it is only looked up. */
const KID = /^[\u0021-\u007e]{1,256}$/;

/** Each would let the token bring its own key, or change how it is to be read. */
const BARRED = ['jwk', 'x5c', 'x5u', 'crit', 'b64'] as const;

/**
 * @param authorization each `Authorization` header of the call
 * @throws RefusedError
 */
export function readToken(authorization: readonly string[]): ReadToken {
  const [value] = authorization;
  if (value === undefined) throw new RefusedError('no Authorization header');
  if (authorization.length > 1) throw new RefusedError('more than one Authorization header');
  if (value.length > MOST_CHARACTERS) throw new RefusedError('the Authorization header is too long');
  const [, compact, first, second] = BEARER.exec(value) ?? [];
  if (compact === undefined || first === undefined || second === undefined) {
    throw new RefusedError('not a Bearer token of three parts');
  }
  const header = objectIn(first, 'header');
  const { alg, kid, typ, jku } = header;
  for (const name of BARRED) {
    if (name in header) throw new RefusedError(`header ${name} is not allowed`);
  }
  if (typeof alg !== 'string') throw new RefusedError('header alg is not a string');
  if (typeof typ !== 'string' || typ.toUpperCase() !== 'JWT') throw new RefusedError('header typ is not JWT');
  if (typeof kid !== 'string' || !KID.test(kid)) {
    throw new RefusedError('header kid is missing or not 1 to 256 visible characters');
  }
  const { iss } = objectIn(second, 'payload');
  if (typeof iss !== 'string') throw new RefusedError('iss is not a string');
  return { compact, alg, kid, jku, iss };
}

/** Refuses what is no UTF-8; keeps nothing between two texts. */
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function objectIn(part: string, name: string): Readonly<Record<string, unknown>> {
  let text: string;
  let value: unknown;
  try {
    text = strictUtf8.decode(Buffer.from(part, 'base64url'));
    value = JSON.parse(text);
  } catch {
    throw new RefusedError(`the ${name} is not JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RefusedError(`the ${name} is not a JSON object`);
  }
  if (hasDuplicateMembers(text)) throw new RefusedError(`a member stands twice in the ${name}`);
  return value as Readonly<Record<string, unknown>>;
}
