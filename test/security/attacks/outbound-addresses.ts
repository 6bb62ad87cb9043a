/** S1–S7: what a caller may name as its FHIR server or as an id, and where none of it may lead. */

import type { Attack } from './attack.js';
import { canary } from './attack.js';
import { callOf, type Json, type World } from './world.js';

const authorization = {
  access_token: canary.token,
  token_type: 'Bearer',
  expires_in: 300,
  scope: 'patient/*.rs',
  subject: 'cds',
};

/** A call that holds no record, so that something would have to be fetched. */
export function asking(server: unknown, changes: Json = {}): string {
  const call = callOf('baclofen-without-prefetch');
  const context = { ...call.context, ...(changes['context'] as Json | undefined) };
  return JSON.stringify({
    ...call,
    fhirServer: server,
    fhirAuthorization: authorization,
    ...changes,
    context,
  });
}

/** What is not this client's is not asked, and said so on the card. */
export const toldUnregistered = (body: string): readonly string[] =>
  body.includes('not registered here') ? [] : ['no card says that the server is not registered'];

const naming = (
  id: string,
  what: string,
  server: (world: World) => unknown,
  expected: readonly number[] = [200, 400],
): Attack => ({
  id,
  what,
  expected,
  run: (world) => world.send({ body: asking(server(world)) }),
  also: ({ status, body }, { asked }) => [
    ...(status === 200 && server.length > 0 ? toldUnregistered(body) : []),
    ...asked.filter(({ path }) => path.startsWith('/stolen')).map(({ path }) => `${path} was asked`),
  ],
});

const loopbacks = [
  '127.1',
  '2130706433',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '0x7f000001',
  '0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  'localhost.',
  'LOCALHOST',
  'ⓛocalhost',
  'localhost',
  '127.0.0.2',
];
const s1 = [
  ...loopbacks.map((host) => (port: number) => `http://${host}:${port}/fhir`),
  (port: number) => `https:\\\\127.0.0.1:${port}\\fhir`,
  (port: number) => `http:///127.0.0.1:${port}/fhir`,
  (port: number) => `https://127.0.0.1:${port}/fhir`,
].map((server, index) =>
  naming(`S1.${index + 1}`, `this machine as ${server(80)}`, ({ trapPort }) => server(trapPort)),
);

const s2 = [
  'http://169.254.169.254/latest/meta-data',
  'https://169.254.169.254/latest/meta-data',
  'http://2852039166/latest',
  'http://0xA9FEA9FE/latest',
  'http://[0:0:0:0:0:ffff:a9fe:a9fe]/latest',
  'http://[fd00:ec2::254]/latest',
  'http://100.100.100.200/latest',
  'http://metadata.google.internal/computeMetadata/v1',
].map((server, index) => naming(`S2.${index + 1}`, `metadata at ${server}`, () => server));

const s3 = ['localtest.me', '127.0.0.1.nip.io', 'ehr.main.example'].map((host, index) =>
  naming(
    `S3.${index + 1}`,
    `the name ${host}, whatever it leads to`,
    ({ trapPort }) => `https://${host}:${trapPort}/fhir`,
  ),
);

const confusing: readonly ((origin: string, trap: string) => string)[] = [
  (origin, trap) => `${origin}@${trap}/fhir`,
  (origin, trap) => `${origin}%40${trap}/fhir`,
  (origin, trap) => `http://${trap}#@${origin.slice(7)}/fhir/empty`,
  (origin, trap) => `http://${trap}\\@${origin.slice(7)}/fhir/empty`,
  (origin) => `${origin}.evil.example/fhir/empty`,
  (origin) => `${origin}\t.evil.example/fhir/empty`,
  (origin) => `${origin}\u0000.evil.example/fhir/empty`,
  (origin) => `${origin.replace(/:\d+$/, ':22')}/fhir/empty`,
  (origin) => `${origin.replace(/:\d+$/, ':6379')}/fhir/empty`,
  (origin) => `${origin.replace('//', '//user:pass@')}/fhir/empty`,
  (_, trap) => `http://${'a'.repeat(3_000)}.${trap}/fhir`,
  (origin) => `${origin}/fhir/empty\n`,
  (origin) => ` ${origin}/fhir/empty`,
];
const s4 = confusing.map((server, index) =>
  naming(
    `S4.${index + 1}`,
    `an address that two parsers read differently (${index + 1})`,
    ({ origin, trapPort }) => server(origin, `127.0.0.1:${trapPort}`),
  ),
);

const malformed: readonly unknown[] = [
  'file:///etc/passwd',
  'gopher://127.0.0.1/_x',
  'ftp://127.0.0.1/fhir',
  'data:application/json,{}',
  'javascript:alert(1)',
  'unix:/var/run/docker.sock',
  '//127.0.0.1/fhir',
  'ws://127.0.0.1/fhir',
  'fhir',
  7,
  ['http://127.0.0.1/fhir'],
  { href: 'http://127.0.0.1/fhir' },
  '',
  null,
];
const s5 = [
  ...malformed.map((server, index) =>
    naming(`S5.${index + 1}`, `fhirServer ${JSON.stringify(server)}`, () => server, [400]),
  ),
  naming('S5.15', 'plain http to a host that is not this machine', () => 'http://ehr.main.example/fhir'),
];

const paths = [
  '/fhir/empty/../../stolen',
  '/fhir/empty/%2e%2e/%2e%2e/stolen',
  '/fhir/empty/..%2f..%2fstolen',
  '/fhir/empty?x=',
  '/fhir/empty#',
  '/fhir/of-other',
  '/fhir/empty/deeper',
  '/fhir/empt',
  '/fhir/emptyx',
  '/fhir',
  '/FHIR/empty',
  '//fhir/empty',
  '/stolen;/fhir/empty',
];
const s6 = paths.map((path, index) =>
  naming(`S6.${index + 1}`, `the path ${path} of a known server`, ({ origin }) => `${origin}${path}`),
);

const ids = [
  '../../Practitioner',
  '1?_include=*',
  '1/$everything',
  '1%0d%0aX:y',
  '1\r\nX-Evil: y',
  'x'.repeat(300),
  '..',
  'ä',
  '1&_count=9999',
];
const s7 = ids.map(
  (patientId, index): Attack => ({
    id: `S7.${index + 1}`,
    what: `patientId ${JSON.stringify(patientId).slice(0, 30)}`,
    expected: [200, 400],
    run: (world) => {
      world.asked.length = 0;
      return world.send({ body: asking(`${world.origin}/fhir/empty`, { context: { patientId } }) });
    },
    also: (_, { asked }) =>
      asked
        .filter(({ path }) => !/^\/fhir\/empty\/[A-Za-z]+(\/[\w.-]{1,64}|\?[\w.:&=,|%/-]*)$/.test(path))
        .concat(asked.filter(({ path }) => /\.\.|Practitioner|everything|_include|9999|x{65}/.test(path)))
        .map(({ path }) => `asked for ${path.slice(0, 100)}`),
  }),
);

export const outboundAddresses: readonly Attack[] = [...s1, ...s2, ...s3, ...s4, ...s5, ...s6, ...s7];
