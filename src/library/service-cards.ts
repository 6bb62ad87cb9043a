/** Reads `service.yaml`: the words of the cards the service writes about its own work. */

import { z } from 'zod';
import type { Fault } from './fault.js';
import { readYamlFile, shapeOf } from './yaml-file.js';

const serviceCardForm = z.strictObject({
  title: z.string().min(1),
  why: z.string().min(1),
  summary: z.string().min(1),
  detail: z.string().min(1),
  override: z.array(z.string().min(1)).min(1),
});
export type ServiceCard = z.infer<typeof serviceCardForm>;

const serviceCardsForm = z.strictObject({ 'not-checked': serviceCardForm });
export type ServiceCards = z.infer<typeof serviceCardsForm>;

const unnamed: ServiceCard = { title: '', why: '', summary: '', detail: '', override: [] };

export function loadServiceCards(cardsDir: string): { serviceCards: ServiceCards; faults: Fault[] } {
  const { value, faults } = shapeOf(readYamlFile(cardsDir, 'service.yaml'), serviceCardsForm);
  return { serviceCards: value ?? { 'not-checked': unnamed }, faults };
}
