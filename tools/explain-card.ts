/** `card explain`: a card resolved to the last code, for whoever asks why it shows. */

import { drugsNamed, inWords, problemsNamed } from '../src/library/argument.js';
import { type Card, type FactCall, factCallsOf, namesIn } from '../src/library/card.js';
import { type Library, loadLibrary } from '../src/library/library.js';
import { expressionsOf } from '../src/library/load-facts.js';
import type { NamedCode } from '../src/library/vocabulary.js';
import { cardPage } from '../src/render/page.js';
import { factsAsked } from './asked-of.js';
import type { Terminal } from './check-cards.js';
import type { Folders } from './folders.js';
import { findCard } from './find-card.js';

export function explainCard({ cardsDir }: Folders, terminal: Terminal, [typed]: readonly string[]): number {
  const library = loadLibrary(cardsDir);
  const card = findCard(library, typed, terminal);
  if (card === undefined) return 2;
  terminal.log(cardPage(card.topic, library) ?? '');
  terminal.log(['## Facts it asks', ...factsOf(card, library)].join('\n'));
  terminal.log(
    ['\n## Codes it knows', ...namesIn(card).flatMap((name) => codesOf(name, library))].join('\n'),
  );
  return 0;
}

function factsOf(card: Card, { facts }: Library): readonly string[] {
  const calls = factCallsOf(card);
  return factsAsked(card).flatMap((name) => {
    const fact = facts.get(name);
    if (fact === undefined) return [];
    const asked = calls.filter((call) => call.fact === name).map(argumentsOf);
    const expressions = [
      ...expressionsOf(fact.only).map(([, text]) => `    only: ${text}`),
      ...expressionsOf(fact.find).map(
        ([kind, text]) => `    find${kind === undefined ? '' : ` in ${kind}`}: ${text}`,
      ),
      ...expressionsOf(fact.unclear).map(
        ([kind, text]) => `    unclear${kind === undefined ? '' : ` in ${kind}`}: ${text}`,
      ),
    ];
    return [
      `- ${name}: ${fact.asks}`,
      ...[...new Set(asked)].filter((text) => text !== '').map((text) => `    asked with ${text}`),
      ...expressions,
    ];
  });
}

function argumentsOf({ args }: FactCall): string {
  return Object.entries(args)
    .map(([name, value]) => `${name} = ${inWords(value)}`)
    .join(', ');
}

function codesOf(name: string, { vocabulary }: Library): readonly string[] {
  const drugs = drugsNamed(name, vocabulary).flatMap((drug) => {
    const known = vocabulary.drugs.get(drug);
    return known === undefined
      ? []
      : [`    ${drug}: ${codeList('RxNorm', known.rxnorm)}; ATC ${known.atc.join(', ') || 'none'}`];
  });
  const problems = problemsNamed(name, vocabulary).flatMap((problem) => {
    const known = vocabulary.problems.get(problem);
    return known === undefined
      ? []
      : [
          `    ${problem}: ${codeList('SNOMED CT', known.snomed)}; ${codeList('ICD-10-CM', known.icd10cm)}` +
            (known.names === undefined ? '' : `; also named ${known.names.join(', ')}`),
        ];
  });
  const lab = vocabulary.labs.get(name);
  const codes = [
    ...drugs,
    ...problems,
    ...(lab === undefined ? [] : [`    ${codeList('LOINC', lab.loinc)}`]),
  ];
  return codes.length === 0 ? [] : [`- ${name}`, ...codes];
}

function codeList(system: string, codes: readonly NamedCode[]): string {
  return codes.length === 0
    ? `${system} none`
    : `${system} ${codes.map(({ code, display }) => `${code} ${display}`).join(', ')}`;
}
