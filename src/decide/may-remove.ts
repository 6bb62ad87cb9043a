/** Whether a card may offer to remove an order: not one that carries on, or tapers, what is not to be stopped at once. */

import { drugsNamed } from '../library/argument.js';
import type { Library } from '../library/library.js';
import { onceEach } from '../once-each.js';
import { coursesOf } from '../record/courses.js';
import type { DraftOrder, DrugIdentity, PatientRecord } from '../record/record.js';
import { takenDays } from '../record/taken-courses.js';

type Taken = Pick<PatientRecord, 'drafts' | 'medications' | 'today'>;

/** What is not to be stopped at once is what some card of the library tapers. */
export function createMayRemove({
  cards,
  vocabulary,
}: Pick<Library, 'cards' | 'vocabulary'>): (record: Taken) => (order: DraftOrder) => boolean {
  const forms = cards.flatMap((card) => card.suggest.map(({ form }) => form));
  const tapered = new Set(
    forms.flatMap((form) => (form.kind === 'taper' ? drugsNamed(form.drug, vocabulary) : [])),
  );
  return (record) => {
    // The same for all orders of the same drugs.
    const mayRemove = onceEach((drugs: string) => !carriesOn(drugs.split('|'), record));
    return ({ identity: { drugs } }) =>
      !drugs.some((drug) => tapered.has(drug)) || mayRemove(drugs.join('|'));
  };
}

/** The call stops an order of these drugs, or the record may hold a course of them that joins to today. */
function carriesOn(drugs: readonly string[], { drafts, medications, today }: Taken): boolean {
  const isOfDrug = ({ identity }: { readonly identity: DrugIdentity }): boolean =>
    identity.drugs.some((drug) => drugs.includes(drug));
  if (drafts.some((draft) => draft.stop && isOfDrug(draft))) return true;
  const courses = coursesOf(medications.filter(isOfDrug), today);
  if (courses.open.length + courses.untold.length > 0) return true;
  return (takenDays({ own: undefined, stopped: true }, courses, today) ?? 0) > 0;
}
