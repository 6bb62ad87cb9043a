/** K1: a card library or a list of clients that somebody has tampered with does not start, and the line is told. */

import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build, startBuilt } from './attacks/world.js';

let folder: string;

beforeAll(() => {
  folder = build();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const card = 'interchange/ordered-together.yaml';
const replaced = (file: string, what: string | RegExp, by: string) => (cards: string) => {
  const path = join(cards, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(what, by));
};
const appended = (text: string | Buffer) => (cards: string) => appendFileSync(join(cards, card), text);

const tampered: readonly (readonly [string, string, (cards: string) => void])[] = [
  [
    'a pattern that never ends',
    'facts.yaml',
    replaced('vocabulary/facts.yaml', "where(status = 'active')", "where(text.matches('^(a+)+$'))"),
  ],
  [
    'a walk over everything',
    'facts.yaml',
    replaced('vocabulary/facts.yaml', "where(status = 'active')", 'descendants().exists()'),
  ],
  ['an unknown key', 'ordered-together.yaml', appended('\nexecute: rm -rf /\n')],
  ['a missing title', 'ordered-together.yaml', replaced(card, /^title:.*$/m, '')],
  ['bytes that are no UTF-8', 'ordered-together.yaml', appended(Buffer.from([0x0a, 0x23, 0xff, 0xfe, 0x0a]))],
  ['a tag that makes objects', 'ordered-together.yaml', appended('\nextra: !!js/function "x"\n')],
  ['a member twice', 'ordered-together.yaml', appended('\ntitle: Another\n')],
];

test.each(tampered)(
  'K1: cards with %s do not start, and %s is named with its line',
  async (_what, file, tamper) => {
    const cards = mkdtempSync(join(tmpdir(), 'cards-'));
    cpSync('cards', cards, { recursive: true });
    tamper(cards);
    const { child, ended, log, port } = startBuilt(folder, { CARDS_DIR: cards });
    const code = await Promise.race([
      ended,
      port.then(
        () => 'started',
        () => ended,
      ),
    ]);
    child.kill('SIGKILL');
    rmSync(cards, { recursive: true });
    expect(code).toBe(1);
    expect(log()).toMatch(new RegExp(`${file.replace('.', '\\.')}:\\d+`));
    expect(log()).not.toMatch(/^\s+at /m);
  },
  20_000,
);

test('K1: a list of clients with a private key in it does not start, and the line is told without the key', async () => {
  const file = join(folder, 'bad-clients.yaml');
  const key = '{kty: EC, crv: P-384, kid: a, x: AA, y: AA, d: SECRET-D}';
  writeFileSync(
    file,
    `clients:\n  - name: a\n    iss: https://a.example\n    jwks:\n      keys:\n        - ${key}\n`,
  );
  const { ended, log } = startBuilt(folder, { CLIENTS_FILE: file });
  expect(await ended).toBe(1);
  expect(log()).toMatch(/bad-clients\.yaml:\d+ .*private key/);
  expect(log()).not.toContain('SECRET-D');
});
