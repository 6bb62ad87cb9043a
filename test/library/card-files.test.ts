/** What the service says of files that are not read, and of cards whose names tell them badly apart. */

import { describe, expect, test } from '@jest/globals';
import { cardText, faultsOf } from './support.js';

const KNOWN = 'evidence.yaml, publisher.yaml or service.yaml';

describe('a file that is no card', () => {
  test('is told when it looks like one and is not read', () => {
    expect(
      faultsOf({
        'baclofen.yaml': cardText(),
        'publishers.yaml': '',
        'relaxants/other.yml': cardText(),
        'relaxants/third.YAML': cardText(),
        'vocabulary/drug.yaml': 'drugs: {}\n',
        'vocabulary/more/labs.yaml': 'labs: {}\n',
        'vocabulary/labs.yml': 'labs: {}\n',
      }),
    ).toEqual([
      `baclofen.yaml:1 is not read: expected here only ${KNOWN}; a card stands in a folder`,
      `publishers.yaml:1 is not read: expected here only ${KNOWN}; did you mean "publisher.yaml"?; a card stands in a folder`,
      'relaxants/other.yml:1 is not read: name it other.yaml',
      'relaxants/third.YAML:1 is not read: name it third.yaml',
      expect.stringMatching(
        /^vocabulary\/drug\.yaml:1 is not read: expected in vocabulary\/ only drugs\.yaml, .*; did you mean "drugs\.yaml"\?$/,
      ),
      'vocabulary/labs.yml:1 is not read: name it labs.yaml',
      expect.stringMatching(/^vocabulary\/more\/labs\.yaml:1 is not read: expected in vocabulary\/ only /),
    ]);
  });

  test('is nobody’s business when an editor keeps it, or when it is of another kind', () => {
    expect(
      faultsOf({
        'README.md': '# Read me\n',
        'card.schema.json': '{}',
        '.draft.yaml': 'a: [',
        'relaxants/.#baclofen.yaml': 'a: [',
        'relaxants/notes.txt': 'a: [',
        '.git/config.yml': 'a: [',
        'vocabulary/facts.cases.yaml': '{}\n',
      }),
    ).toEqual([]);
  });
});

describe('the name of a card', () => {
  const told = 'expected words in small letters joined by hyphens, such as with-something, got';

  test('is made of words in small letters joined by hyphens, and so is that of its folder', () => {
    const misnamed = ['relaxants/With Maoi', 'relaxants/with_maoi', 'relaxants/-with', 'Old/baclofen'];
    expect(faultsOf(Object.fromEntries(misnamed.map((path) => [`${path}.yaml`, cardText()])))).toEqual([
      `Old/baclofen.yaml:1 ${told} "Old": rename it`,
      `relaxants/-with.yaml:1 ${told} "-with": rename it`,
      `relaxants/With Maoi.yaml:1 ${told} "With Maoi": rename it`,
      `relaxants/with_maoi.yaml:1 ${told} "with_maoi": rename it`,
    ]);
  });

  test('gives a topic that no other card has', () => {
    expect(
      faultsOf({
        'a/b-c.yaml': cardText(),
        'a-b/c.yaml': cardText(),
        'not/checked.yaml': cardText(),
      }),
    ).toEqual([
      'a/b-c.yaml:1 has the topic a-b-c, which is that of a-b/c.yaml as well: rename one of them',
      'not/checked.yaml:1 has the topic not-checked, which is that of a card the service writes about its own work: rename it',
    ]);
  });
});
