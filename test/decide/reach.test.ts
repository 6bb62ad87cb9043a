/** Whether a call is of any concern to the cards, before anything of its record is read. */

import { describe, expect, test } from '@jest/globals';
import { createDecider } from '../../src/decide/decide.js';
import { cardText, libraryOf } from '../library/support.js';
import { draft, listed, recordOf, stop } from './support.js';

const library = libraryOf({
  'relaxants/baclofen.yaml': cardText({
    when: ['- ordering: baclofen', '- stopping: phenelzine', '- taking: linezolid'],
  }),
});
const decider = createDecider(library, () => undefined);

describe('a call', () => {
  test('concerns the cards when they are about a drug that is ordered or stopped', () => {
    const ordered = recordOf({ drafts: [draft('baclofen')] });
    const stopped = recordOf({ drafts: [stop('phenelzine')] });
    expect(decider.reaches(ordered, 'order-sign')).toBe(true);
    expect(decider.reaches(stopped, 'order-select')).toBe(true);
  });

  test('does not concern them with other drugs, or with a draft that is only context', () => {
    const context = draft('baclofen', {}, { judged: false });
    const record = recordOf({ drafts: [draft('linezolid'), context], medications: [listed('baclofen')] });
    expect(decider.reaches(record, 'order-sign')).toBe(false);
    expect(decider.reaches(recordOf(), 'order-sign')).toBe(false);
  });

  test.each(['patient-view', 'encounter-discharge'] as const)(
    'of %s always does: only the list tells',
    (hook) => {
      expect(decider.reaches(recordOf(), hook)).toBe(true);
    },
  );
});
