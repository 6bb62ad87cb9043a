/** What the service says of a card with a mistake in it: the file, the line, and what to write instead. */

import { describe, expect, test } from '@jest/globals';
import { cardText, faultsOf, withFact } from './support.js';

const CARD = 'relaxants/baclofen.yaml';
const faultsOfCard = (parts: Parameters<typeof cardText>[0]) => faultsOf({ [CARD]: cardText(parts) });
const asking = (...lines: string[]) =>
  faultsOfCard({ when: ['- ordering: baclofen', '  all:', ...lines.map((line) => `    ${line}`)] });

describe('a card without a mistake', () => {
  test('lets the service start', () => {
    expect(faultsOf({})).toEqual([]);
  });
});

describe('a question that cannot be asked', () => {
  test('of a fact that does not exist names the nearest one', () => {
    expect(asking('- aged at lest: 65 years')).toEqual([
      `${CARD}:7 no fact is named "aged at lest" in vocabulary/facts.yaml; did you mean "aged at least"?`,
    ]);
  });

  test('of a fact nothing is like names none', () => {
    expect(asking('- is a vegetarian')).toEqual([
      `${CARD}:7 no fact is named "is a vegetarian" in vocabulary/facts.yaml`,
    ]);
  });

  test('with a misspelt drug, problem or laboratory group names the nearest one', () => {
    expect(
      asking(
        '- taking: cyclobenzaprin',
        '- has problem: multiple scleroses',
        '- newest result under: {lab: eGRF, limit: 30}',
      ),
    ).toEqual([
      `${CARD}:7 "taking": no drug is named "cyclobenzaprin" in cards/vocabulary; did you mean "cyclobenzaprine"?`,
      `${CARD}:8 "has problem": no problem is named "multiple scleroses" in cards/vocabulary; did you mean "multiple sclerosis"?`,
      `${CARD}:9 "newest result under": no lab is named "eGRF" in cards/vocabulary`,
    ]);
  });

  test('with a duration or a number in other words says how to write it', () => {
    expect(
      asking('- aged at least: sixty-five', '- newest result under: {lab: eGFR, limit: under 30}'),
    ).toEqual([
      `${CARD}:7 "aged at least": expected a duration such as "14 days" or "65 years", got "sixty-five"`,
      `${CARD}:8 "newest result under": expected a number such as "30" or "80 mg", got "under 30"`,
    ]);
  });

  test('with a number in another unit, without one, or with one too many says how to write it', () => {
    const { text } = withFact(
      'dose above:',
      '  asks: The dose is above {limit}, in {count} parts.',
      '  needs: order',
      '  takes: {limit: number, count: number}',
      '  units: {limit: mg}',
      '  find: where(dailyDose() > %limit)',
    );
    const told = (call: string) =>
      faultsOf({
        'vocabulary/facts.yaml': text,
        [CARD]: cardText({ when: ['- ordering: baclofen', `  all: [${call}]`] }),
      });
    expect(told('dose above: {limit: 20 mcg, count: 3}')).toEqual([
      `${CARD}:6 "dose above": expected a number in mg such as "20 mg", got "20 mcg"`,
    ]);
    expect(told('dose above: {limit: 20, count: 3}')).toEqual([
      `${CARD}:6 "dose above": expected a number in mg such as "20 mg", got "20"`,
    ]);
    expect(told('dose above: {limit: 20 mg, count: 3 parts}')).toEqual([
      `${CARD}:6 "dose above": expected a number without a unit such as "3", got "3 parts"; vocabulary/facts.yaml says none under units`,
    ]);
    expect(told('dose above: {limit: 20 mg, count: 3}')).toEqual([]);
    expect(told('newest result under: {lab: eGFR, limit: 30}')).toEqual([
      `${CARD}:6 "newest result under": expected a number with its unit such as "30 mL/min", got "30"`,
    ]);
  });

  test('without its arguments says which one it needs', () => {
    expect(asking('- aged at least', '- ended within: {drug: baclofen}', '- taking: ""')).toEqual([
      `${CARD}:7 "aged at least" needs limit (a duration)`,
      `${CARD}:8 "ended within" needs limit (a duration)`,
      `${CARD}:9 "taking": expected a drug, got nothing`,
    ]);
  });

  test('with an argument too many says which ones it takes', () => {
    expect(
      asking('- ended within: {drug: baclofen, limit: 3 days, since: 4 days}', '- continuous: now'),
    ).toEqual([
      `${CARD}:7 "ended within" takes no since; it takes drug, limit`,
      `${CARD}:8 "continuous" takes no argument; it takes nothing`,
    ]);
  });

  test('with two facts in one line says to write one', () => {
    expect(asking('- {continuous: x, aged at least: 3 years}')).toEqual([
      `${CARD}:7 when.0.all.0: expected one fact, as "fact: argument"`,
    ]);
  });

  test('about {other}, where the key binds no other drug', () => {
    expect(asking("- taking: '{other}'")).toEqual([
      `${CARD}:7 "taking": names {other}, which the key does not bind: only together and pair do`,
    ]);
    expect(asking("- has problem: 'fits {other}'")).toEqual([
      `${CARD}:7 "has problem": names {other}, which the key does not bind: only together and pair do`,
    ]);
  });

  test('about a group made of {this} that only exists for one of the pair', () => {
    expect(
      faultsOfCard({
        when: ['- pair: [baclofen, phenelzine]', "  all: [{has problem: 'fits {this}'}]"],
      }),
    ).toEqual([`${CARD}:6 "has problem": no problem is named "fits phenelzine" in cards/vocabulary`]);
  });
});

describe('a key that binds nothing', () => {
  test('and is none of the keys is told with those that are', () => {
    expect(faultsOfCard({ when: ['- ordering: baclofen', '  during: cyclobenzaprine'] })).toEqual([
      `${CARD}:6 when.0: has the unknown key "during"; known are ordering, stopping, taking, together, pair, within, not as, indicator, all, any, unless`,
    ]);
  });

  test('for a misspelt drug names the nearest one', () => {
    expect(faultsOfCard({ when: ['- ordering: baclofn', '- pair: [baclofen, cyclobenzaprin]'] })).toEqual([
      `${CARD}:5 no drug or class is named "baclofn" in vocabulary/drugs.yaml; did you mean "baclofen"?`,
      `${CARD}:6 no drug or class is named "cyclobenzaprin" in vocabulary/drugs.yaml; did you mean "cyclobenzaprine"?`,
    ]);
  });

  test.each([
    ['two keys', ['- ordering: baclofen', '  taking: cyclobenzaprine']],
    ['no key', ['- all: [continuous]']],
  ])('with %s in one way asks for exactly one', (_, when) => {
    expect(faultsOfCard({ when })).toEqual([
      `${CARD}:5 when.0: expected exactly one key: ordering, stopping, taking, together, pair`,
    ]);
  });

  test('for a pair of classes, or of a drug with itself, asks for two different drugs', () => {
    expect(
      faultsOfCard({
        when: [
          '- pair: [maoi, relaxant]',
          '- pair: [baclofen, baclofen]',
          '- together: [maoi, maoi]',
          '- together: [relaxant, maoi]',
        ],
      }),
    ).toEqual([
      `${CARD}:5 expected two different drugs, got "maoi", which is a class`,
      `${CARD}:5 expected two different drugs, got "relaxant", which is a class`,
      `${CARD}:6 expected two different drugs, got "baclofen" twice`,
      `${CARD}:7 expected two different drugs or classes, got "maoi" twice`,
    ]);
  });

  test('says how a duration, a drug, a form and a dose are written, and what stands in quotes', () => {
    const quoted = "; text that begins with a brace must stand in quotes, as '{this}'";
    const couple = ['- together: [baclofen, maoi]'];
    expect(faultsOfCard({ when: [...couple, '  within: 7', '  not as: 3'] })).toEqual([
      `${CARD}:6 when.0.within: expected a duration such as "14 days"`,
      `${CARD}:7 when.0.not as: expected the name of a form`,
    ]);
    expect(
      faultsOfCard({
        when: ['- ordering:', '- taking: {this}', '- {ordering: baclofen, all: [taking: {drug: {this}}]}'],
        summary: '{this}',
        card: ['suggest: [{remove: {this}}, {shorten to: 14}, {start with: 5}]'],
      }),
    ).toEqual([
      `${CARD}:5 when.0.ordering: is empty; expected the name of a drug or class`,
      `${CARD}:6 when.1.taking: expected the name of a drug or class${quoted}`,
      `${CARD}:7 when.2.all.0: expected a fact, as "fact: argument"${quoted}`,
      `${CARD}:10 card.summary: expected info, warning or critical${quoted}`,
      `${CARD}:13 card.suggest.0.remove: expected the name of a drug or class${quoted}`,
      `${CARD}:13 card.suggest.1.shorten to: expected days such as "14 days"`,
      `${CARD}:13 card.suggest.2.start with: expected a dose such as "5 mg 3 times a day"`,
    ]);
  });

  test('says what within: goes with, and how a duration is written', () => {
    expect(faultsOfCard({ when: ['- ordering: baclofen', '  within: 3 days'] })).toEqual([
      `${CARD}:5 when.0: within: goes with together: only`,
    ]);
    expect(faultsOfCard({ when: ['- together: [baclofen, maoi]', '  within: fortnight'] })).toEqual([
      `${CARD}:6 expected a duration such as "14 days", got "fortnight"`,
    ]);
  });
});

describe('a card of another shape', () => {
  test('with an unknown key is told at the line of that key, with the nearest known one', () => {
    expect(faultsOfCard({ more: ['replacs: [x]'] })).toEqual([
      expect.stringMatching(
        /yaml:11 the file: has the unknown key "replacs"; known are title, .*; did you mean "replaces"\?$/,
      ),
    ]);
    expect(faultsOfCard({ when: ['- ordering: baclofen', '  unles: [continuous]'] })).toEqual([
      expect.stringMatching(
        /yaml:6 when\.0: has the unknown key "unles"; known are ordering, .*; did you mean "unless"\?$/,
      ),
    ]);
  });

  test('with several unknown keys in one place is told all of them', () => {
    expect(faultsOfCard({ card: ['sugest: []', 'aslo: []'] })).toEqual([
      `${CARD}:11 card: has the unknown key "sugest"; known are indicator, summary, detail, also, suggest, override; did you mean "suggest"?. It has the unknown key "aslo"; known are indicator, summary, detail, also, suggest, override`,
    ]);
  });

  test('that is empty is told what a card holds', () => {
    expect(faultsOf({ [CARD]: '' })).toEqual([
      expect.stringContaining(`${CARD}:1 the file: expected title, why, evidence, when, card, `),
    ]);
  });

  test('with parts left empty, left out or of another kind is told what belongs there', () => {
    const text = cardText({ detail: '', override: 'seen' })
      .replace('why: A reason.', 'why:')
      .replace('title: A card\n', 'hooks: [order-sing]\n');
    expect(faultsOf({ [CARD]: text })).toEqual([
      `${CARD}:1 title: is missing; expected words`,
      `${CARD}:1 hooks.0: expected medication-prescribe, order-select, order-sign, medication-refill, encounter-discharge or patient-view; did you mean "order-sign"?`,
      `${CARD}:2 why: is empty; expected words`,
      `${CARD}:9 card.detail: expected words, or words for each of info, warning and critical`,
      `${CARD}:10 card.override: expected a list`,
    ]);
    expect(faultsOfCard({ when: ['- together: [baclofen, maoi, opioid]', '  all: [null]'] })).toEqual([
      `${CARD}:5 when.0.together: expected at most 2`,
      `${CARD}:6 when.0.all.0: expected a fact, as "fact: argument"`,
    ]);
    expect(faultsOfCard({ when: ['- together: [baclofen]'] })).toEqual([
      `${CARD}:5 when.0.together: expected at least 2`,
    ]);
  });

  test('that is no YAML is told its line', () => {
    expect(faultsOfCard({ detail: 'First: second: third' })).toEqual([
      expect.stringMatching(/^relaxants\/baclofen\.yaml:9 is not valid YAML: Nested mappings/),
      expect.stringMatching(/^relaxants\/baclofen\.yaml:9 is not valid YAML: Nested mappings/),
    ]);
  });

  test('whose bold type reads as an alias of YAML is told so', () => {
    expect(faultsOfCard({ detail: '*bold*' })).toEqual([
      expect.stringContaining(`${CARD}:1 is not valid YAML: Unresolved alias`),
    ]);
  });

  test('with the same key twice is told the second', () => {
    expect(faultsOfCard({ more: ['title: Another title'] })).toEqual([
      `${CARD}:11 is not valid YAML: Map keys must be unique at line 11, column 1:`,
    ]);
  });

  test('without evidence, reasons to override or a date is told what is expected', () => {
    expect(faultsOfCard({ evidence: '[]', override: '[]', status: 'activ' })).toEqual([
      `${CARD}:3 evidence: expected at least one key of evidence.yaml`,
      `${CARD}:10 card.override: expected at least one reason for not following the card`,
      `${CARD}:11 governance.status: expected draft, active or retired; did you mean "active"?`,
    ]);
  });
});

describe('indicators and their words', () => {
  test('an indicator that does not exist is told with those that do', () => {
    expect(faultsOfCard({ indicator: 'warnin' })).toEqual([
      `${CARD}:7 card.indicator: expected info, warning or critical, or a list such as [{warning: [a fact]}, info]; did you mean "warning"?`,
    ]);
    expect(faultsOfCard({ indicator: '[{criticl: [continuous]}, info]' })).toEqual([
      expect.stringMatching(/ card\.indicator\.0: expected info, .*; did you mean "critical"\?$/),
    ]);
    expect(faultsOfCard({ indicator: 'grave' })).toEqual([expect.stringMatching(/\[a fact\]}, info\]$/)]);
    expect(faultsOfCard({ when: ['- {ordering: baclofen, indicator: inf}'] })).toEqual([
      `${CARD}:5 when.0.indicator: expected info, warning or critical; did you mean "info"?`,
    ]);
    expect(faultsOfCard({ summary: '{warnin: a}' })).toEqual([
      `${CARD}:8 card.summary: expected info, warning or critical; did you mean "warning"?`,
    ]);
  });

  test('a list of indicators must end with a plain one', () => {
    expect(faultsOfCard({ indicator: '[info, {critical: [continuous]}]' })).toEqual([
      `${CARD}:7 expected a plain indicator as the last of the list`,
    ]);
  });

  test('words by indicator must speak for every indicator the card can have, and for no other', () => {
    expect(
      faultsOfCard({ indicator: '[{critical: [continuous]}, info]', summary: '{warning: a, critical: b}' }),
    ).toEqual([
      `${CARD}:8 says nothing for info, which the card can be`,
      `${CARD}:8 speaks for warning, which the card is never`,
    ]);
  });

  test('a way with its own indicator needs words of its own', () => {
    expect(
      faultsOfCard({
        when: ['- {ordering: baclofen, indicator: critical}', '- ordering: cyclobenzaprine'],
        detail: '{warning: a}',
      }),
    ).toEqual([`${CARD}:10 says nothing for critical, which the card can be`]);
  });
});

describe('the words of a card', () => {
  test('may hold only the names that a key fills in, wherever they stand', () => {
    expect(
      faultsOfCard({
        when: ['- together: [baclofen, maoi]'],
        summary: "'{this}, {other} and {order}: {drug}.'",
        detail: "'{}'",
        card: ["also: [{say: 'More of {drug} and {another}.'}]"],
      }),
    ).toEqual([
      `${CARD}:8 says {drug}, which nothing fills in; known are {this}, {other}, {order}`,
      `${CARD}:9 says {}, which nothing fills in; known are {this}, {other}, {order}`,
      `${CARD}:11 says {drug}, which nothing fills in; known are {this}, {other}, {order}`,
      `${CARD}:11 says {another}, which nothing fills in; known are {this}, {other}, {order}`,
    ]);
    expect(
      faultsOfCard({
        indicator: '[{critical: [continuous]}, info]',
        summary: "{critical: 'Stop {x}.', info: a}",
      }),
    ).toEqual([`${CARD}:8 says {x}, which nothing fills in; known are {this}, {other}, {order}`]);
  });

  test('may name {other} only where each way that says it binds one', () => {
    const unbound = (way: number) =>
      `says {other}, which the way on line ${way} does not bind: together and pair do`;
    expect(faultsOfCard({ summary: "'{this} with {other}.'" })).toEqual([`${CARD}:8 ${unbound(5)}`]);
    const when = ['- together: [baclofen, maoi]', '- ordering: baclofen', '  indicator: info'];
    expect(
      faultsOfCard({
        when,
        summary: "{warning: 'With {other}.', info: 'With {other}.'}",
        card: ["also: [{say: 'More of {other}.'}]"],
      }),
    ).toEqual([`${CARD}:10 ${unbound(6)}`, `${CARD}:13 ${unbound(6)}`]);
    expect(faultsOfCard({ when, summary: "{warning: 'With {other}.', info: Alone.}" })).toEqual([]);
  });

  test('may name nothing in its title, reasons and notes, which are printed as they are', () => {
    const plain = (name: string) =>
      `says {${name}}, which nothing fills in here: it is filled in in summary, detail and also only`;
    expect(
      faultsOf({
        [CARD]: cardText({
          title: "'{this} again'",
          override: "[seen, '{order} is needed']",
          card: ["suggest: [{taper: {drug: '{this}', note: 'Taper {this}.'}}]"],
        }).replace('A reason.', "'Never with {other}.'"),
      }),
    ).toEqual([
      `${CARD}:1 ${plain('this')}`,
      `${CARD}:2 ${plain('other')}`,
      `${CARD}:10 ${plain('order')}`,
      `${CARD}:11 ${plain('this')}`,
    ]);
  });

  test('may not give one reason to override twice, whatever its signs', () => {
    expect(faultsOfCard({ override: '[seen by me, other reason, "Seen - by me."]' })).toEqual([
      `${CARD}:10 is the same reason as an earlier one`,
    ]);
  });
});

describe('what a card points to', () => {
  test('evidence that is not listed is told at its line with the nearest key', () => {
    expect(faultsOfCard({ evidence: '[label, labell]' })).toEqual([
      `${CARD}:3 evidence "labell" is not in evidence.yaml; did you mean "label"?`,
    ]);
  });

  test('a card that it replaces must exist', () => {
    expect(faultsOfCard({ more: ['replaces: [relaxants/baclofn]'] })).toEqual([
      `${CARD}:11 no card is named "relaxants/baclofn"; did you mean "relaxants/baclofen"?`,
    ]);
  });

  test('a card that it replaces is not itself, nor one that replaces it again', () => {
    const replacing = (path: string) => cardText({ more: [`replaces: [${path}]`] });
    expect(faultsOf({ [CARD]: replacing('relaxants/baclofen') })).toEqual([
      `${CARD}:11 replaces itself, and so would never be shown: take it out`,
    ]);
    const ring = { [CARD]: replacing('relaxants/b'), 'relaxants/b.yaml': replacing('relaxants/c') };
    expect(faultsOf({ ...ring, 'relaxants/c.yaml': replacing('relaxants/baclofen') })).toEqual([
      'relaxants/b.yaml:11 replaces "relaxants/c", which in turn replaces this card: neither would be shown; keep one of the two',
      `${CARD}:11 replaces "relaxants/b", which in turn replaces this card: neither would be shown; keep one of the two`,
      'relaxants/c.yaml:11 replaces "relaxants/baclofen", which in turn replaces this card: neither would be shown; keep one of the two',
    ]);
    expect(faultsOf({ ...ring, 'relaxants/c.yaml': cardText() })).toEqual([]);
  });

  test('a card that it replaces is never graver', () => {
    const other = { 'relaxants/other.yaml': cardText({ indicator: '[{warning: [continuous]}, info]' }) };
    const replacing = (indicator: string, when?: readonly string[]) =>
      faultsOf({
        ...other,
        [CARD]: cardText({ indicator, ...(when && { when }), more: ['replaces:', '  - relaxants/other'] }),
      });
    expect(replacing('warning')).toEqual([]);
    const told =
      'replaces "relaxants/other", which can be warning, while this card can be as mild as info: expected one that is always at least as grave';
    expect(replacing('[{critical: [continuous]}, info]')).toEqual([`${CARD}:12 ${told}`]);
    expect(replacing('critical', ['- ordering: baclofen', '  indicator: info'])).toEqual([
      `${CARD}:13 ${told}`,
    ]);
  });

  test('a card that it replaces and that cannot be read is told of itself', () => {
    expect(
      faultsOf({
        'relaxants/other.yaml': cardText({ status: 'asleep' }),
        [CARD]: cardText({ indicator: 'info', more: ['replaces: [relaxants/other]'] }),
      }),
    ).toEqual([expect.stringMatching(/^relaxants\/other\.yaml:11 governance\.status: /)]);
  });

  test('a drug that it removes or recommends must exist', () => {
    expect(
      faultsOfCard({
        card: [
          'also: [{say: Take this., recommends: baclofn}]',
          'suggest:',
          '  - remove: cyclobenzaprin',
          '  - remove: baclofenn',
          "  - remove: '{this}'",
        ],
      }),
    ).toEqual([
      `${CARD}:11 no drug or class is named "baclofn" in vocabulary/drugs.yaml; did you mean "baclofen"?`,
      `${CARD}:13 no drug or class is named "cyclobenzaprin" in vocabulary/drugs.yaml; did you mean "cyclobenzaprine"?`,
      `${CARD}:14 no drug or class is named "baclofenn" in vocabulary/drugs.yaml; did you mean "baclofen"?`,
    ]);
  });

  test('a form that does not count must exist', () => {
    expect(
      faultsOfCard({
        when: ['- together: [baclofen, maoi]', '  not as: sublingal'],
        card: [
          'suggest:',
          '  - taper:',
          '      drug: baclofen',
          '      note: Steps.',
          '      not as: sublinqual',
        ],
      }),
    ).toEqual([
      `${CARD}:6 no form is named "sublingal" in vocabulary/drugs.yaml; did you mean "sublingual"?`,
      `${CARD}:16 no form is named "sublinqual" in vocabulary/drugs.yaml; did you mean "sublingual"?`,
    ]);
  });

  test('suggestions that cannot be read say how they are written', () => {
    expect(faultsOfCard({ card: ['suggest:', '  - shorten to: 2 weeks', '  - start with: 5 mg'] })).toEqual([
      `${CARD}:12 expected days such as "14 days", got "2 weeks"`,
      `${CARD}:13 expected a dose such as "5 mg 3 times a day", got "5 mg"`,
    ]);
    expect(
      faultsOfCard({ card: ['suggest:', '  - {remove: baclofen, substitution: generic only}'] }),
    ).toEqual([
      `${CARD}:12 card.suggest.0: expected one of remove, substitution, shorten to, start with, taper`,
    ]);
  });
});
