/** `card lock`: writes down which behaviour each card has at which version; changed behaviour needs a raised version. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from '../src/library/card.js';
import { type Library, loadLibrary } from '../src/library/library.js';
import { type LockedCard, loadVersions, VERSIONS_FILE } from '../src/library/versions.js';
import { behaviourOf } from './behaviour.js';
import type { Terminal } from './check-cards.js';
import type { Folders } from './folders.js';
import { placeOf } from './place.js';

/** Cards whose behaviour is not the locked one, in words; compared with the committed file, never with git. */
export function unlockedCards({ cardsDir }: Folders, library: Library): readonly string[] {
  const { versions } = loadVersions(cardsDir);
  const gone = [...versions.keys()].filter((path) => !library.cards.some((card) => card.path === path));
  return [
    ...library.cards.flatMap((card) => faultOf(card, versions.get(card.path), library, cardsDir)),
    ...gone.map((path) => `${VERSIONS_FILE}:1 holds ${path}, which is gone: run npm run card lock`),
  ];
}

/**
 * How a card stands to its locked version: `unraised` behaves otherwise under the same number, `lowered` has one that was
 * given out before or comes before one that was.
 */
type Standing = 'new' | 'unraised' | 'lowered' | 'raised' | 'locked';

function standingOf(card: Card, locked: LockedCard | undefined, library: Library): Standing {
  if (locked === undefined) return 'new';
  if (card.version !== locked.version) return isNewest(card.version, locked) ? 'raised' : 'lowered';
  return behaviourOf(card, library) === locked.behaviour ? 'locked' : 'unraised';
}

function isNewest(version: string, { history }: LockedCard): boolean {
  return history.every((entry) => version.localeCompare(entry.version, 'en', { numeric: true }) > 0);
}

function faultOf(
  card: Card,
  locked: LockedCard | undefined,
  library: Library,
  cardsDir: string,
): readonly string[] {
  const file = placeOfVersion(card, cardsDir);
  switch (standingOf(card, locked, library)) {
    case 'new':
      return [`${file} is not in ${VERSIONS_FILE}: run npm run card lock`];
    case 'unraised':
      return [
        `${file} does or says something else than version ${card.version} did: raise its version (see cards/README.md), then run npm run card lock`,
      ];
    case 'lowered':
      return [`${file} is version ${card.version}, and ${locked?.version} was given out: raise it above`];
    case 'raised':
      return [`${file} is locked as version ${locked?.version}: run npm run card lock`];
    case 'locked':
      return [];
  }
}

function placeOfVersion({ path }: Card, cardsDir: string): string {
  return placeOf(cardsDir, `${path}.yaml`, ['governance', 'version']);
}

/** Refuses cards that changed without a new version; writes the others. */
export function lockCards(folders: Folders, terminal: Terminal): number {
  const library = loadLibrary(folders.cardsDir);
  const { versions } = loadVersions(folders.cardsDir);
  const unraised = library.cards.filter((card) =>
    ['unraised', 'lowered'].includes(standingOf(card, versions.get(card.path), library)),
  );
  for (const card of unraised)
    terminal.error(
      `${placeOfVersion(card, folders.cardsDir)} changed and is version ${card.version}: raise it above ${versions.get(card.path)?.version}`,
    );
  if (unraised.length > 0) return 1;
  const lock = Object.fromEntries(
    library.cards.map((card) => [card.path, lockedState(card, versions.get(card.path), library)]),
  );
  writeFileSync(join(folders.cardsDir, VERSIONS_FILE), `${JSON.stringify(lock, null, 2)}\n`);
  terminal.log(`${library.cards.length} cards locked`);
  return 0;
}

function lockedState(card: Card, locked: LockedCard | undefined, library: Library): LockedCard {
  const { version, revised } = card;
  const history = (locked?.history ?? []).filter((entry) => entry.version !== version);
  return { version, behaviour: behaviourOf(card, library), history: [...history, { version, revised }] };
}
