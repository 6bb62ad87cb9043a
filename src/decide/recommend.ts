/** What ordering a drug would bring for this record: a card speaks well of it only when that is no critical card. */

import type { Indicator } from '../cdshooks/protocol.js';
import type { DraftOrder } from '../record/record.js';
import type { RecordIndex } from './record-index.js';
import type { Decision } from './verdict.js';

/**
 * A question about a drug by name: would no critical card show, nor be left undecided, were it ordered?
 * Answered no inside a hypothetical call itself, where nothing is recommended.
 */
export function createRecommendation(
  index: RecordIndex,
  least: Indicator,
  decide: (hypothetical: RecordIndex) => Decision,
): (drug: string) => boolean {
  const known = new Map<string, boolean>();
  return (drug) => {
    if (least === 'critical') return false;
    const before = known.get(drug);
    if (before !== undefined) return before;
    const decision = decide(withOrderOf(drug, index));
    const safe = ![...decision.verdicts, ...decision.undecided].some(
      ({ indicator }) => indicator === 'critical',
    );
    known.set(drug, safe);
    return safe;
  };
}

/** Whether a critical card would show, were the drug ordered; what cannot be told forbids nothing. */
export function isForbidden(
  drug: string,
  index: RecordIndex,
  decide: (hypothetical: RecordIndex) => Decision,
): boolean {
  const hypothetical = withOrderOf(drug, index);
  return decide(hypothetical).verdicts.some(
    ({ indicator, orders }) =>
      indicator === 'critical' && orders.some((order) => order.judged && !order.stop),
  );
}

function withOrderOf(drug: string, index: RecordIndex): RecordIndex {
  const order: DraftOrder = {
    resource: {
      resourceType: 'MedicationRequest',
      status: 'draft',
      intent: 'order',
      subject: {},
      medicationCodeableConcept: { text: drug },
    },
    identity: {
      drugs: [drug],
      called: [drug],
      conflict: [],
      byNameOnly: true,
      product: undefined,
      forms: [],
      amountsOfProduct: false,
      stated: true,
      unresolved: false,
      nameless: false,
    },
    judged: true,
    stop: false,
  };
  const others = index.record.drafts.map((draft) => ({ ...draft, judged: false }));
  return index.withDrafts([...others, order]);
}
