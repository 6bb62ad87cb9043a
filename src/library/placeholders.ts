/** Words in braces: whether something fills them in where they stand, and would not be printed empty or as they are. */

import type { Indicator } from '../cdshooks/protocol.js';
import type { Card, Way } from './card.js';
import type { CardForm } from './card-form.js';
import type { Fault } from './fault.js';
import { indicatorsOfWay } from './indicators.js';
import type { YamlFile } from './yaml-file.js';

/** A text of a file, where it stands, and what is wrong with a name in braces there. */
export interface Template {
  readonly text: string;
  readonly path: readonly PropertyKey[];
  readonly wrong: (name: string) => string | undefined;
}

/** A fault for each name in braces that nothing fills in, once for each text. */
export function templateFaults(templates: readonly Template[], yaml: YamlFile): readonly Fault[] {
  return templates.flatMap(({ text, path, wrong }) =>
    [...new Set([...text.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name))].flatMap((name) => {
      const message = wrong(name);
      return message === undefined ? [] : [{ file: yaml.file, line: yaml.lineOf(path), message }];
    }),
  );
}

/** Only the names a key binds are filled in, and only in what a card says of one order. */
export function placeholderFaults(form: CardForm, card: Card, yaml: YamlFile): readonly Fault[] {
  const { ways } = card;
  const at = (one: Indicator): readonly Way[] =>
    ways.filter((way) => indicatorsOfWay(way, card).includes(one));
  const spoken = (part: 'summary' | 'detail'): readonly Template[] => {
    const words = form.card[part];
    if (typeof words === 'string') return [{ text: words, path: ['card', part], wrong: unboundIn(ways) }];
    return (Object.entries(words) as [Indicator, string][]).map(([one, text]) => ({
      text,
      path: ['card', part, one],
      wrong: unboundIn(at(one)),
    }));
  };
  const also = form.card.also.map(({ say }, index) => ({
    text: say,
    path: ['card', 'also', index, 'say'],
    wrong: unboundIn(ways),
  }));
  return templateFaults([...spoken('summary'), ...spoken('detail'), ...also, ...plainOf(form)], yaml);
}

/** @param ways those of which the words can be said, each of which must bind what they name */
function unboundIn(ways: readonly Way[]): Template['wrong'] {
  return (name) => {
    if (!['this', 'other', 'order'].includes(name))
      return `says {${name}}, which nothing fills in; known are {this}, {other}, {order}`;
    const unbinding = name === 'other' ? ways.find(({ key }) => !('other' in key)) : undefined;
    return unbinding === undefined
      ? undefined
      : `says {other}, which the way on line ${unbinding.line} does not bind: together and pair do`;
  };
}

/** What is printed as it is written. */
function plainOf(form: CardForm): readonly Template[] {
  const { override, suggest } = form.card;
  const plain: readonly (readonly [string, ...PropertyKey[]])[] = [
    [form.title, 'title'],
    [form.why, 'why'],
    ...override.map((reason, index) => [reason, 'card', 'override', index] as const),
    ...suggest.map(
      ({ taper }, index) => [taper?.note ?? '', 'card', 'suggest', index, 'taper', 'note'] as const,
    ),
  ];
  return plain.map(([text, ...path]) => ({
    text,
    path,
    wrong: (name) =>
      `says {${name}}, which nothing fills in here: it is filled in in summary, detail and also only`,
  }));
}
