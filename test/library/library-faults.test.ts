/** What the service says of a library with mistakes outside its cards, and that it says everything at once. */

import { describe, expect, test } from '@jest/globals';
import { LibraryFaultsError } from '../../src/library/fault.js';
import { loadLibrary } from '../../src/library/library.js';
import { base, type Files } from './base-library.js';
import { cardsFolder, cardText, faultsOf, newFolder, pipelineOf, withFact } from './support.js';

const FACTS = 'vocabulary/facts.yaml';
const order = (...lines: string[]) =>
  withFact('on hold:', '  asks: The order is on hold.', '  needs: order', ...lines);
const faultsOfFact = (...lines: string[]) => faultsOf({ [FACTS]: order(...lines).text });
const LINE = order().line;

describe('the FHIRPath of a fact', () => {
  test.each([
    ['the clock of the server', 'where(authoredOn <= today())', 'reads the server clock: use %today'],
    ['the time of the server', 'where(authoredOn <= now())', 'reads the server clock: use %today'],
    [
      'coding.code in',
      "code.coding.code in ('a'|'b')",
      'throws on two codings: write coding.exists(code in …)',
    ],
    ['a regular expression', "where(note.text.matches('a+'))", 'runs a regular expression over client data'],
    ['the whole resource', 'descendants()', 'walks the whole resource'],
    ['the network', 'reasonReference.resolve()', 'reaches outside the record: use inRecord()'],
    [
      'a terminology server',
      'code.exists(memberOf(%terminologies))',
      'reaches outside the record: use inRecord()',
    ],
  ])('may not use %s', (_, expression, reason) => {
    expect(faultsOfFact(`  find: ${expression}`)).toEqual([
      `${FACTS}:${LINE} on hold: "${expression}" ${reason}`,
    ]);
  });

  test('may not name a variable like a unit', () => {
    expect(faultsOfFact('  find: where(3 > %days)')).toEqual([
      `${FACTS}:${LINE} on hold: "where(3 > %days)" names a variable like a unit, which does not parse`,
      expect.stringContaining(
        `${FACTS}:${LINE} on hold: "where(3 > %days)" is not FHIRPath: line: 1; column: 11`,
      ),
    ]);
  });

  test('may call only functions that are there', () => {
    expect(
      faultsOfFact('  find: where(exist())', '  unclear: where(ofDrugs(%order).not())', '  doubt: it'),
    ).toEqual([
      `${FACTS}:${LINE} on hold: "where(exist())" calls exist(), which is no function facts may use; did you mean "exists"?`,
      `${FACTS}:${LINE} on hold: "where(ofDrugs(%order).not())" calls ofDrugs(), which is no function facts may use; did you mean "ofDrug"?`,
    ]);
    expect(faultsOfFact('  find: conjure(1).conjure(2)')).toEqual([
      `${FACTS}:${LINE} on hold: "conjure(1).conjure(2)" calls conjure(), which is no function facts may use`,
    ]);
  });

  test('may name only variables that are bound', () => {
    expect(
      faultsOfFact(
        '  takes: {limit: number, since: duration}',
        '  units: {limit: mg}',
        '  find: where(%limt > %limitUnit and %sinceDays > %todai)',
      ),
    ).toEqual([
      expect.stringMatching(/ names %limt, which is not bound; did you mean "limit"\?$/),
      expect.stringMatching(/ names %todai, which is not bound; did you mean "today"\?$/),
    ]);
    expect(faultsOfFact('  find: where(status = %patientName)')).toEqual([
      expect.stringMatching(/ names %patientName, which is not bound$/),
    ]);
  });

  test.each([
    ['drug', "ofDrug('baclofn')", '; did you mean "baclofen"?'],
    ['drug', "alsoNamed('stroke')", ''],
    ['drug', "offers('maoii')", '; did you mean "maoi"?'],
    ['form', "givenAs('sublingal')", '; did you mean "sublingual"?'],
    ['problem', "means('fits baclofn')", '; did you mean "fits baclofen"?'],
  ])('may name no %s that the vocabulary does not have: %s', (kind, call, hint) => {
    expect(faultsOfFact(`  find: where(status = 'draft' and ${call}.not())`)).toEqual([
      `${FACTS}:${LINE} on hold: "where(status = 'draft' and ${call}.not())" asks ${call}, and no ${kind} is named so in cards/vocabulary${hint}`,
    ]);
  });

  test('may name what the vocabulary has, and any argument', () => {
    expect(
      faultsOfFact(
        '  takes: {form: form}',
        "  find: where(ofDrug('baclofen') and ofDrug('maoi') and means('stroke') and givenAs('sublingual') and givenAs(%form))",
      ),
    ).toEqual([]);
  });

  test('is held against no names of a file that could not be read, but against one that names no forms', () => {
    const facts = order("  find: where(givenAs('sublingual') and means('stroke'))").text;
    const drugs = base['vocabulary/drugs.yaml'] ?? '';
    const told = (more: Files) =>
      faultsOf({ [FACTS]: facts, ...more }).filter((fault) => fault.includes(' is named so '));
    expect(told({ 'vocabulary/drugs.yaml': '- a list', 'vocabulary/problems.yaml': undefined })).toEqual([]);
    expect(told({ 'vocabulary/drugs.yaml': drugs.replace(/forms:[^]*/, 'forms: {}\n') })).toEqual([
      expect.stringContaining("asks givenAs('sublingual'), and no form is named so in cards/vocabulary"),
    ]);
  });

  test('may hold any words between quotes', () => {
    expect(faultsOfFact("  find: where(status = 'now() %days it\\'s conjure(1)')")).toEqual([]);
  });

  test('that does not parse is told with its place, in each of its expressions', () => {
    expect(
      faultsOfFact('  find: where(', '  unclear: where(a b)', '  doubt: the order', '  counts: where())'),
    ).toEqual([
      expect.stringContaining(`${FACTS}:${LINE} on hold: "where(" is not FHIRPath: line: 1; column: 6`),
      expect.stringContaining(`${FACTS}:${LINE} on hold: "where(a b)" is not FHIRPath`),
      expect.stringContaining(`${FACTS}:${LINE} on hold: "where())" is not FHIRPath`),
    ]);
  });
});

describe('the form of a fact', () => {
  test('is told part by part', () => {
    expect(
      faultsOf({
        [FACTS]: withFact(
          'on hold:',
          '  asks: The order is on hold',
          '  needs: orderz',
          '  takes: {a: drugg}',
          '  let: {a: tomorrow}',
          '  find: where(true)',
          '  finds: where(true)',
        ).text,
      }),
    ).toEqual([
      `${FACTS}:${LINE + 1} on hold.asks: expected a sentence that ends with a full stop`,
      expect.stringContaining(
        `${FACTS}:${LINE + 2} on hold.needs: expected patient, order, orders, stops, medications, problems, results or allergies`,
      ),
      expect.stringContaining(
        `${FACTS}:${LINE + 3} on hold.takes.a: expected duration, number, drug, problem, lab, form, word or words`,
      ),
      `${FACTS}:${LINE + 4} on hold.let.a: expected "today minus <argument>", "now minus 24 hours" or "newest <argument>"`,
      expect.stringMatching(/:\d+ on hold: has the unknown key "finds"; .*; did you mean "find"\?$/),
    ]);
  });

  test('has FHIRPath, in one expression or one for each kind of entry', () => {
    expect(faultsOfFact()).toEqual([
      `${FACTS}:${LINE} on hold.find: is missing; expected FHIRPath, or FHIRPath for each of MedicationRequest, MedicationStatement, MedicationDispense, MedicationAdministration, order, stop, older`,
    ]);
  });

  test('may speak only of what the fact takes', () => {
    expect(
      faultsOf({
        [FACTS]: withFact(
          'on hold:',
          '  asks: The order of {drug} is on hold.',
          '  needs: order',
          '  let: {from: today minus limit, last: newest lab, dayAgo: now minus 24 hours}',
          '  find: where(true)',
        ).text,
      }),
    ).toEqual([
      `${FACTS}:${LINE + 1} on hold: asks speaks of {drug}, which it does not take`,
      `${FACTS}:${LINE + 3} on hold: from: "today minus limit" needs an argument limit of kind duration`,
      `${FACTS}:${LINE + 3} on hold: last: "newest lab" needs an argument lab of kind lab`,
    ]);
  });

  test('says nothing of what it does not take, in its doubt either', () => {
    expect(
      faultsOfFact('  find: where(true)', '  unclear: where(true)', '  doubt: the newest {lab}'),
    ).toEqual([`${FACTS}:${LINE + 5} on hold: doubt speaks of {lab}, which it does not take`]);
  });

  test('keeps to what goes together', () => {
    expect(
      faultsOfFact(
        '  find: {MedicationRequest: where(true)}',
        '  unclear: where(true)',
        '  pick: newest',
        '  distinct: limit',
      ),
    ).toEqual([
      `${FACTS}:${LINE + 3} on hold: one expression for each kind of entry goes with needs: medications only`,
      `${FACTS}:${LINE + 4} on hold: unclear and doubt go together`,
      `${FACTS}:${LINE + 5} on hold: pick: newest goes with needs: results only`,
      `${FACTS}:${LINE + 6} on hold: expected the name of an argument of kind number, got "limit"`,
    ]);
  });

  test('says of which number a unit is, and in which unit what it compares is', () => {
    expect(
      faultsOfFact('  find: where(true)', '  takes: {limit: number}', '  units: {limt: mg, limit: mg}'),
    ).toEqual([
      `${FACTS}:${LINE + 5} on hold: units: expected the name of an argument of kind number, got "limt"`,
    ]);
    expect(faultsOfFact('  takes: {limit: number}', '  find: where(unit = %limitUnit)')).toEqual([
      `${FACTS}:${LINE + 3} on hold: names %limitUnit: say under units in which unit limit is, or any`,
    ]);
  });

  test('says by its right name what it uses of the patient', () => {
    expect(faultsOfFact('  find: where(true)', '  uses: [date of brith]')).toEqual([
      expect.stringMatching(
        /^vocabulary\/facts\.yaml:\d+ on hold\.uses\.0: expected race, ethnicity, .*; did you mean "date of birth"\?$/,
      ),
    ]);
  });

  test('must be there for what the keys of cards ask', () => {
    expect(
      faultsOf({
        [FACTS]: 'on hold: {asks: The order is on hold., needs: order, find: where(true)}\n',
      }),
    ).toEqual([
      `${FACTS}:1 expected a fact named "taking": the keys of cards ask it`,
      `${FACTS}:1 expected a fact named "ended within": the keys of cards ask it`,
      `${FACTS}:1 expected a fact named "continued after discharge": the keys of cards ask it`,
    ]);
  });
});

describe('a fact like another', () => {
  const like = (base: string) =>
    faultsOf({
      [FACTS]: withFact(
        'older:',
        `  like: ${base}`,
        '  asks: The patient is older than {limit}.',
        'much older:',
        '  like: older',
        '  asks: The patient is much older than {limit}.',
      ).text,
    });

  test('takes over what it does not say itself', () => {
    expect(
      faultsOf({
        [FACTS]: withFact('older:', '  like: aged at least', '  asks: The patient is older than {limit}.')
          .text,
        'relaxants/baclofen.yaml': cardText({ when: ['- ordering: baclofen', '  all: [{older: 65 years}]'] }),
      }),
    ).toEqual([]);
  });

  test('that does not exist names the nearest one, and what it then lacks', () => {
    expect(like('aged at lest')).toContain(
      `${FACTS}:${LINE + 1} older: no fact that stands by itself is named "aged at lest"; did you mean "aged at least"?`,
    );
  });

  test('may not be like one that is like another itself', () => {
    expect(like('aged at least')).toContain(
      `${FACTS}:${LINE + 4} much older: no fact that stands by itself is named "older"`,
    );
  });

  test('may stand beside facts of another shape, which are told', () => {
    expect(faultsOf({ [FACTS]: withFact('odd: 5').text })).toEqual([
      expect.stringContaining(`${FACTS}:${LINE} odd: expected asks, needs, `),
    ]);
    expect(faultsOf({ [FACTS]: 'just words\n' })).toEqual([expect.stringContaining(`${FACTS}:1 the file: `)]);
  });
});

describe('the files beside the cards', () => {
  test('evidence that no card cites is told', () => {
    expect(
      faultsOf({
        'evidence.yaml':
          'label: {citation: a, used: b, certainty: c}\nother: {citation: a, used: b, certainty: c}\n',
      }),
    ).toEqual(['evidence.yaml:2 "other" is cited by no card: remove it or cite it']);
  });

  test('evidence of another shape is told', () => {
    expect(faultsOf({ 'evidence.yaml': 'label:\n  citation: a\n  usd: b\n  certainty: c\n' })).toEqual([
      expect.stringContaining('evidence.yaml:1 label.used: '),
      'evidence.yaml:3 label: has the unknown key "usd"; known are citation, used, certainty, edition; did you mean "used"?',
    ]);
  });

  test('a publisher without a name, and a key that is not known, are told', () => {
    expect(
      faultsOf({
        'publisher.yaml':
          'label: ""\nowner: x\nauthor: x\nreviewer: pending\ndeveloper: x\nfunding: none\nreviever: y\n',
      }),
    ).toEqual([
      expect.stringContaining('publisher.yaml:1 label: '),
      'publisher.yaml:7 the file: has the unknown key "reviever"; known are label, owner, author, reviewer, developer, funding; did you mean "reviewer"?',
    ]);
  });

  test('a service card without words is told', () => {
    expect(faultsOf({ 'service.yaml': 'discovery: {title: x}\n' })).toEqual([
      expect.stringContaining('service.yaml:1 discovery.description: '),
      'service.yaml:1 not-checked: expected title, why, summary, detail, override',
      'service.yaml:1 not-identified: expected title, why, summary, detail, override',
      'service.yaml:1 more-cards: expected title, why, summary, detail, override',
      'service.yaml:1 overridden-before: expected title, why, summary, detail, override',
      'service.yaml:1 other-patient: expected title, why, summary, detail, override',
    ]);
  });

  test('a service card that names what nothing fills in is told', () => {
    const written = base['service.yaml'] ?? '';
    expect(
      faultsOf({
        'service.yaml': written
          .replace('Two relaxants', "'{count} relaxants'")
          .replace('{missing} could', '{mising} could')
          .replace('[noted]', "['{count} noted']")
          .replace("detail: 'They still apply:'", "detail: 'They apply to {drugs}:'"),
      }),
    ).toEqual([
      'service.yaml:1 says {count}, which nothing fills in here',
      'service.yaml:5 says {mising}, which nothing fills in; known here are {drugs}, {missing}',
      'service.yaml:19 says {count}, which nothing fills in here',
      'service.yaml:24 says {drugs}, which nothing fills in; known here are {count}',
    ]);
  });

  test('a missing file is told, not thrown', () => {
    expect(
      faultsOf({
        'evidence.yaml': undefined,
        'publisher.yaml': undefined,
        'service.yaml': undefined,
        'vocabulary/facts.yaml': undefined,
      }),
    ).toEqual([
      'evidence.yaml:1 is missing; put the file back or name another cards folder',
      'publisher.yaml:1 is missing; put the file back or name another cards folder',
      'service.yaml:1 is missing; put the file back or name another cards folder',
      'vocabulary/facts.yaml:1 is missing; put the file back or name another cards folder',
    ]);
  });

  test('an empty file is told', () => {
    expect(faultsOf({ [FACTS]: '', 'publisher.yaml': '# nobody\n' })).toEqual([
      'publisher.yaml:1 the file: expected label, owner, author, reviewer, developer, funding',
      expect.stringContaining(`${FACTS}:1 the file: `),
    ]);
  });

  test('a cards folder that is not there is told', () => {
    expect(() => loadLibrary(`${newFolder()}/nowhere`)).toThrow(
      /nowhere:1 is not there; expected the folder of the cards: name it in CARDS_DIR/,
    );
  });

  test('a file in place of the cards folder is told', () => {
    expect(() => loadLibrary('package.json')).toThrow(
      /package\.json:1 is a file; expected the folder of the cards: name it in CARDS_DIR/,
    );
  });
});

describe('mistakes in many files', () => {
  test('come at once, by file and line, the FHIRPath among them, and the service does not start', () => {
    const folder = cardsFolder({
      'relaxants/baclofen.yaml': cardText({ when: ['- ordering: baclofn'], evidence: '[labl]' }),
      'relaxants/cyclobenzaprine.yaml': cardText({ title: '""' }),
      'publisher.yaml': 'label: x\n',
      'vocabulary/labs.yaml': 'labs: {eGFR: {loinc: {33914-3: Another name}}}\n',
      [FACTS]: order('  find: where(authoredOn = today())').text,
    });
    expect(() => pipelineOf(folder)).toThrow(LibraryFaultsError);
    expect(() => pipelineOf(folder)).toThrow('the card library has 11 fault(s)');
    expect(() => pipelineOf(folder)).toThrow(
      /publisher\.yaml:1 [^]*relaxants\/baclofen\.yaml:3 [^]*baclofen\.yaml:5 [^]*cyclobenzaprine\.yaml:1 [^]*codes\.csv:\d+ [^]*facts\.yaml:\d+ [^]*labs\.yaml:1 /,
    );
  });

  test('in facts.yaml and drugs.yaml do not make faults of every card that relies on them', () => {
    expect(
      faultsOf({
        [FACTS]: 'taking: {\n',
        'vocabulary/drugs.yaml': 'drugs: {}\nclases: {}\nforms: {}\n',
        'relaxants/baclofen.yaml': cardText({
          when: ['- ordering: baclofen', '  all: [{taking: maoi}]'],
          card: ['suggest: [{remove: baclofen}]'],
        }),
      }).map((fault) => fault.split(' ')[0]),
    ).toEqual(['vocabulary/drugs.yaml:1', 'vocabulary/drugs.yaml:2', `${FACTS}:2`]);
  });

  test('in drugs.yaml alone do not make faults of the arguments of facts', () => {
    expect(
      faultsOf({
        'vocabulary/drugs.yaml': 'drugs: {}\nclases: {}\nforms: {}\n',
        'relaxants/baclofen.yaml': cardText({
          when: ['- ordering: baclofen', '  all: [{taking: maoi}]'],
        }),
      }).map((fault) => fault.split(' ')[0]),
    ).toEqual(['vocabulary/drugs.yaml:1', 'vocabulary/drugs.yaml:2']);
  });
});

describe('two libraries', () => {
  test('have the same hash when they say the same, and another when one word differs', () => {
    const hash = loadLibrary(cardsFolder()).hash;
    expect(loadLibrary(cardsFolder({ 'relaxants/baclofen.cases.yaml': 'shown: []\n' })).hash).toBe(hash);
    expect(loadLibrary(cardsFolder({ 'relaxants/baclofen.yaml': cardText({ title: 'B' }) })).hash).not.toBe(
      hash,
    );
  });
});
