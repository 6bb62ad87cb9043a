/** How much work a large call is, and what is said of a call that is too large to be judged in time. */

import { describe, expect, test } from '@jest/globals';
import { cardText, facts, withFact } from '../library/support.js';
import { decided, draft, listed, stop } from './support.js';

const CARD = 'relaxants/baclofen.yaml';
const drafts = (count: number) =>
  Array.from({ length: count }, (_, position) => draft('baclofen', { id: `d${position}` }));
const entries = (drug: string, count: number) =>
  Array.from({ length: count }, (_, position) => listed(drug, { id: `m${position}` }));

describe('many orders that ask the same of a long list', () => {
  const files = (question: string, text = facts) => ({
    [CARD]: cardText({ when: ['- ordering: relaxant', `  all: [${question}]`] }),
    'vocabulary/facts.yaml': text,
  });

  test('look at it once', () => {
    const { decision } = decided(files('{taking: maoi}'), {
      drafts: drafts(50),
      medications: entries('phenelzine', 100),
    });
    expect(decision.verdicts[0]?.orders).toHaveLength(50);
    expect(decision.verdicts[0]?.witnesses).toHaveLength(100);
    expect(decision.counts).toEqual({ facts: 50, resources: 100 });
  });

  test('look at each other once, and never at themselves', () => {
    const { decision } = decided(files('{taking: baclofen}'), { drafts: drafts(20) });
    expect(decision.verdicts[0]?.witnesses).toHaveLength(20);
    expect(decision.counts.resources).toBe(20);
    expect(decided(files('{taking: baclofen}'), { drafts: drafts(1) }).shown).toEqual([]);
  });

  test('look at what cannot be judged once', () => {
    const ended = entries('phenelzine', 100).map(({ resource, identity }) => ({
      resource: { ...resource, status: 'stopped' as const },
      identity,
    }));
    const { decision, open } = decided(
      { [CARD]: cardText({ when: ['- together: [relaxant, maoi]', '  within: 14 days'] }) },
      { drafts: drafts(50), medications: ended },
    );
    expect(open).toHaveLength(50);
    expect(decision.counts.resources).toBe(200);
  });

  test('look at it each for itself when the question is about the order in focus', () => {
    const { text } = withFact(
      'listed with the same note:',
      '  asks: The list holds an entry with the note of the order.',
      '  needs: medications',
      '  takes: {drug: drug}',
      '  find: where(note.text = %order.note.text)',
    );
    const [first, second] = ['a', 'b'].map((note) => draft('baclofen', { id: note, note: [{ text: note }] }));
    const { shown } = decided(files('{listed with the same note: phenelzine}', text), {
      drafts: [first!, second!],
      medications: [listed('phenelzine', { note: [{ text: 'b' }] })],
    });
    expect(shown).toEqual(['relaxants/baclofen, warning, b']);
  });

  test('read the courses of their drug once', () => {
    let reads = 0;
    const { text } = withFact(
      'taken long:',
      '  asks: It was taken for long.',
      '  needs: order',
      '  find: where(takenDays() >= 30)',
    );
    const medications = entries('baclofen', 40);
    for (const { resource } of medications) {
      Object.defineProperty(resource, 'authoredOn', {
        enumerable: true,
        get: () => {
          reads += 1;
          return '2026-01-01';
        },
      });
    }
    const stops = Array.from({ length: 40 }, (_, position) => stop('baclofen', { id: `s${position}` }));
    const { decision } = decided(
      {
        [CARD]: cardText({ when: ['- stopping: baclofen', '  all: [taken long]'] }),
        'vocabulary/facts.yaml': text,
      },
      { drafts: stops, medications },
    );
    expect(decision.verdicts[0]?.orders).toHaveLength(40);
    expect(reads).toBeLessThan(40 * 20);
  });
});

describe('a call that cannot be judged in time', () => {
  const over = { until: 0, clock: () => 1 };
  const asked = (drug: string) => ['- ordering: relaxant', `  all: [{taking: ${drug}}]`];
  const files = {
    [CARD]: cardText({ when: asked('phenelzine') }),
    'relaxants/grave.yaml': cardText({ when: asked('linezolid'), indicator: 'critical' }),
  };
  const record = {
    drafts: drafts(1),
    medications: [...entries('phenelzine', 10), ...entries('linezolid', 3_000)],
  };

  test('is judged for its gravest cards first, and says what was left', () => {
    const { shown, open } = decided(files, record, 'order-sign', over);
    expect(shown).toEqual(['relaxants/grave, critical, d0']);
    expect(open).toEqual([
      'relaxants/baclofen, warning, d0: the whole of a very large record (not judged in time)',
    ]);
  });

  test('is judged in full while there is time', () => {
    const { shown, open } = decided(files, record, 'order-sign', { until: 1, clock: () => 1 });
    expect(shown).toEqual(['relaxants/baclofen, warning, d0', 'relaxants/grave, critical, d0']);
    expect(open).toEqual([]);
  });

  test('and is of an ordinary size does not exist: that much is always judged', () => {
    const ordinary = { ...record, medications: record.medications.slice(0, 200) };
    expect(decided(files, ordinary, 'order-sign', over)).toMatchObject({ open: [], shown: { length: 2 } });
  });
});
