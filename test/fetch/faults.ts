/** The ways in which a FHIR server can fail, as behaviours of a test server, and what each is called. */

import { type Behaviour, json, searchset } from './support.js';

export const problem = (id: string, patient = 'patient-1') => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  subject: { reference: `Patient/${patient}` },
  code: { text: 'a problem' },
});
const fhirJson = { 'Content-Type': 'application/fhir+json' };
/** Longer than anybody waits for an answer; cut off when the test ends. */
const HANGS = 10_000;

const drip: Behaviour = (_request, response) => {
  response.writeHead(200, fhirJson).write('{');
  const timer = setInterval(() => response.write(' '), 50);
  response.once('close', () => clearInterval(timer));
};

const flood: Behaviour = (_request, response) => {
  const megabyte = Buffer.alloc(1024 * 1024, ' ');
  response.writeHead(200, fhirJson).write('{');
  let left = 100;
  const pour = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(megabyte)) {
        response.once('drain', pour);
        return;
      }
    }
  };
  pour();
};

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (_request, response) => {
    response.writeHead(code, { ...fhirJson, ...headers }).end('{"resourceType":"OperationOutcome"}');
  };

export const body =
  (text: string | Buffer, type = 'application/fhir+json'): Behaviour =>
  (_request, response) => {
    response.writeHead(200, { 'Content-Type': type }).end(text);
  };

const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };

export const LATE = 'the record system did not answer in time';
export const UNREACHABLE = 'the record system could not be reached';
const REFUSED = 'the record system refused access';
const NOT_FOUND = 'not found in the record system';
export const BUSY = 'the record system is busy';
export const FAILED = 'the record system failed';
export const UNREADABLE = 'the record system answered in a form that could not be read';
const REPORTED = 'reported as an error by the record system';

export const hanging: readonly (readonly [name: string, behaviour: Behaviour])[] = [
  [
    'is slow',

    (_request, response) => {
      const timer = setTimeout(() => json(response, searchset()), HANGS);
      response.once('close', () => clearTimeout(timer));
    },
  ],
  ['accepts and never answers', () => undefined],
  ['drips', drip],
];

export const failing: readonly (readonly [
  name: string,
  why: string,
  requests: number,
  behaviour: Behaviour,
])[] = [
  ['resets the connection', UNREACHABLE, 2, (request) => request.socket.destroy()],
  [
    'resets the connection in the middle of an answer',
    UNREACHABLE,
    2,
    (request, response) => {
      response.writeHead(200, { ...fhirJson, 'Content-Length': '5000' });
      response.write('{"resourceType":"Bundle"', () => request.socket.destroy());
    },
  ],
  ['answers 401', REFUSED, 1, status(401)],
  ['answers 403', REFUSED, 1, status(403)],
  ['answers 404', NOT_FOUND, 1, status(404)],
  ['answers 410', NOT_FOUND, 1, status(410)],
  ['answers 400', FAILED, 1, status(400)],
  ['answers 429 with Retry-After', BUSY, 1, status(429, { 'Retry-After': '0' })],
  ['answers 500', FAILED, 2, status(500)],
  ['answers 503', FAILED, 2, status(503)],
  ['answers 503 with a pause that is too long', FAILED, 1, status(503, { 'Retry-After': '60' })],
  ['answers HTML', UNREADABLE, 1, body('<html>login</html>', 'text/html')],
  ['answers HTML that says it is JSON', UNREADABLE, 1, body('<html>login</html>')],
  ['answers truncated JSON', UNREADABLE, 1, body('{"resourceType":"Bundle","entry":[')],
  [
    'answers what is no UTF-8',
    UNREADABLE,
    1,
    body(Buffer.from(JSON.stringify(searchset([{ ...problem('c1'), code: { text: 'Ménière' } }])), 'latin1')),
  ],
  ['answers JSON that is no object', UNREADABLE, 1, body('[1]')],
  [
    'answers JSON nested 100 levels deep',
    UNREADABLE,
    1,
    body(`{"resourceType":"Bundle","entry":[],"x":${'['.repeat(100)}${']'.repeat(100)}}`),
  ],
  [
    'answers 100,000 values in 300 kB',
    UNREADABLE,
    1,
    body(`{"resourceType":"Bundle","entry":[],"x":[${'[],'.repeat(100_000)}[]]}`),
  ],
  [
    'answers a member called __proto__',
    UNREADABLE,
    1,
    body('{"resourceType":"Bundle","entry":[],"__proto__":{}}'),
  ],
  ['answers a resource in place of a list', UNREADABLE, 1, body(JSON.stringify(problem('c1')))],
  [
    'answers a list of another type',
    UNREADABLE,
    1,
    body(JSON.stringify(searchset([{ resourceType: 'Observation', id: 'o1', status: 'final' }]))),
  ],
  ['answers an OperationOutcome', REPORTED, 1, body(JSON.stringify(outcome))],
  [
    'answers a Bundle with an OperationOutcome',
    REPORTED,
    1,
    body(JSON.stringify(searchset([problem('c1'), outcome]))),
  ],
  ['answers with 100 MB', UNREADABLE, 1, flood],
  [
    'announces 100 MB',
    UNREADABLE,
    1,
    (_request, response) => {
      response.writeHead(200, { ...fhirJson, 'Content-Length': String(100 * 1024 * 1024) }).write('{');
    },
  ],
  [
    'answers compressed',
    UNREADABLE,
    1,
    (_request, response) => {
      response.writeHead(200, { ...fhirJson, 'Content-Encoding': 'gzip' }).end(Buffer.from('1f8b08', 'hex'));
    },
  ],
];
