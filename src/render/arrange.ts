/** Which cards of a decision a prescriber sees, and in which order: gravest first, at most five for one order. */

import { flatMap } from '../flat-map.js';
import { greatest } from '../greatest.js';
import type { Card } from '../cdshooks/protocol.js';
import type { Decision, Undecided, Verdict } from '../decide/verdict.js';
import { compareIndicators } from '../library/indicators.js';
import type { DraftOrder } from '../record/record.js';
import { type RenderContext, renderCard } from './card.js';
import { changedOnce } from './changed-once.js';
import {
  renderMoreCards,
  renderNotChecked,
  renderNotIdentified,
  renderOtherPatient,
  renderRepeated,
} from './service-cards.js';

/** More than this teaches people to click away. */
const CARDS_FOR_AN_ORDER = 5;

export interface Arranging {
  readonly decision: Decision;
  /** Drugs whose orders are reported when a check could not be made. */
  readonly subjects: ReadonlySet<string>;
  /** Names that the words of unidentified orders resemble. */
  readonly resembled: readonly string[];
  /** Orders of the call that name another patient. */
  readonly foreign: readonly DraftOrder[];
  /** For each judged order whose drug nothing tells: why its medication could not be read. */
  readonly unknown?: readonly string[];
  /** Cards that this prescriber has answered before, for this patient and drug, and need not be shown again. */
  readonly repeated?: (verdict: Verdict) => boolean;
}

/** Why a card that holds is none of its own. */
export type WithheldWhy = 'draft' | 'replaced' | 'beyond the most for an order' | 'overridden before';

export interface Arrangement {
  readonly cards: readonly Card[];
  /** What is behind each card of the library: its uuid → the verdict. */
  readonly verdictOf: ReadonlyMap<string, Verdict>;
  readonly withheld: readonly { readonly verdict: Verdict; readonly why: WithheldWhy }[];
  /** Named by the card about what was not checked. */
  readonly open: readonly Undecided[];
}

export function arrangeCards(
  { decision, subjects, resembled, foreign, unknown = [], repeated = () => false }: Arranging,
  context: RenderContext,
): Arrangement {
  const active = decision.verdicts.filter(({ card }) => card.status === 'active');
  const sorted = [...active].sort((a, b) => compareIndicators(b.indicator, a.indicator) || pairFirst(a, b));
  const isRepeated = (verdict: Verdict) => verdict.indicator !== 'critical' && repeated(verdict);
  const again = sorted.filter(isRepeated);
  const { shown, cut } = capped(sorted.filter((verdict) => !again.includes(verdict)));
  const open = decision.undecided
    .filter(({ card }) => card.status === 'active')
    .filter(({ order }) => order.identity.drugs.some((drug) => subjects.has(drug)));
  const rendered = shown.map((verdict) => [renderCard(verdict, context), verdict] as const);
  const because = (why: WithheldWhy, verdicts: readonly Verdict[]) =>
    verdicts.map((verdict) => ({ verdict, why }));
  return {
    verdictOf: new Map(rendered.map(([card, verdict]) => [card.uuid, verdict])),
    withheld: [
      ...because(
        'draft',
        decision.verdicts.filter(({ card }) => card.status === 'draft'),
      ),
      ...because('replaced', decision.replaced),
      ...because('beyond the most for an order', cut),
      ...because('overridden before', again),
    ],
    open,
    cards: [
      ...changedOnce(rendered.map(([card]) => card)),
      ...renderMoreCards(cut, context),
      ...renderRepeated(again, context),
      ...renderOtherPatient(
        flatMap(foreign, ({ identity }) => identity.drugs.filter((drug) => subjects.has(drug))),
        context,
      ),
      ...renderNotIdentified(resembled, context),
      ...renderNotChecked(open, context, unknown),
    ],
  };
}

/** Among equals first what the service is there for: one drug of a pair treated as the other. */
function pairFirst(a: Verdict, b: Verdict): number {
  return Number(isOfPair(b)) - Number(isOfPair(a));
}

function isOfPair({ card }: Verdict): boolean {
  return card.ways.some(({ key }) => key.kind === 'pair');
}

/** A critical card is never cut, however many there are. */
function capped(sorted: readonly Verdict[]): { shown: readonly Verdict[]; cut: readonly Verdict[] } {
  const count = new Map<DraftOrder, number>();
  const shown: Verdict[] = [];
  const cut: Verdict[] = [];
  for (const verdict of sorted) {
    const fullest = greatest(verdict.orders.map((order) => count.get(order) ?? 0));
    const isShown = fullest < CARDS_FOR_AN_ORDER || verdict.indicator === 'critical';
    (isShown ? shown : cut).push(verdict);
    if (isShown) for (const order of verdict.orders) count.set(order, (count.get(order) ?? 0) + 1);
  }
  return { shown, cut };
}
