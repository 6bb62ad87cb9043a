/** Reads `service.yaml`: the words of discovery and of the cards the service writes about its own work. */

import { z } from 'zod';
import type { Fault } from './fault.js';
import { form } from './strict-form.js';
import { type Template, templateFaults } from './placeholders.js';
import { readYamlFile, shapeOf } from './yaml-file.js';

const serviceCardForm = form({
  title: z.string().min(1),
  why: z.string().min(1),
  summary: z.string().min(1),
  detail: z.string().min(1),
  override: z.array(z.string().min(1)).min(1),
});
type ServiceCard = z.infer<typeof serviceCardForm>;

const serviceForm = form({
  discovery: form({ title: z.string().min(1), description: z.string().min(1) }),
  'not-checked': serviceCardForm,
  'not-identified': serviceCardForm,
  'more-cards': serviceCardForm,
  'overridden-before': serviceCardForm,
  'other-patient': serviceCardForm,
});
type ServiceForm = z.infer<typeof serviceForm>;
export type Discovery = ServiceForm['discovery'];
/** Topic codes of the cards the service writes about its own work. */
export const serviceTopics = [
  'not-checked',
  'not-identified',
  'more-cards',
  'overridden-before',
  'other-patient',
] as const;
export type ServiceTopic = (typeof serviceTopics)[number];
/** What is filled in in the summary and the detail of each. */
const serviceNames = {
  'not-checked': ['drugs', 'missing'],
  'not-identified': ['resembled'],
  'more-cards': ['count'],
  'overridden-before': ['count'],
  'other-patient': ['drugs'],
} as const satisfies Readonly<Record<ServiceTopic, readonly string[]>>;
export type ServiceName<Topic extends ServiceTopic> = (typeof serviceNames)[Topic][number];
export type ServiceCards = Readonly<Record<ServiceTopic, ServiceCard>>;

const unnamed: ServiceCard = { title: '', why: '', summary: '', detail: '', override: [] };

export function loadService(cardsDir: string): {
  discovery: Discovery;
  serviceCards: ServiceCards;
  faults: Fault[];
} {
  const yaml = readYamlFile(cardsDir, 'service.yaml');
  const { value, faults } = shapeOf(yaml, serviceForm);
  if (value !== undefined) faults.push(...templateFaults(templatesOf(value), yaml));
  return {
    discovery: value?.discovery ?? { title: '', description: '' },
    serviceCards: {
      'not-checked': value?.['not-checked'] ?? unnamed,
      'not-identified': value?.['not-identified'] ?? unnamed,
      'more-cards': value?.['more-cards'] ?? unnamed,
      'overridden-before': value?.['overridden-before'] ?? unnamed,
      'other-patient': value?.['other-patient'] ?? unnamed,
    },
    faults,
  };
}

function templatesOf(value: ServiceForm): readonly Template[] {
  const plain = (text: string, ...path: readonly PropertyKey[]): Template => template(text, path, []);
  const { title, description } = value.discovery;
  return [
    plain(title, 'discovery', 'title'),
    plain(description, 'discovery', 'description'),
    ...serviceTopics.flatMap((topic) => {
      const { override, ...card } = value[topic];
      return [
        plain(card.title, topic, 'title'),
        plain(card.why, topic, 'why'),
        template(card.summary, [topic, 'summary'], serviceNames[topic]),
        template(card.detail, [topic, 'detail'], serviceNames[topic]),
        ...override.map((reason, index) => plain(reason, topic, 'override', index)),
      ];
    }),
  ];
}

function template(text: string, path: readonly PropertyKey[], filled: readonly string[]): Template {
  const known = filled.map((name) => `{${name}}`).join(', ');
  const hint = known === '' ? ' here' : `; known here are ${known}`;
  return {
    text,
    path,
    wrong: (name) => (filled.includes(name) ? undefined : `says {${name}}, which nothing fills in${hint}`),
  };
}
