/** S8–S11: FHIR servers that lead astray, flood or say nothing, and what a token or a link may become. */

import type { Attack } from './attack.js';
import { canary } from './attack.js';
import { asking, toldUnregistered } from './outbound-addresses.js';
import { es384, keys, KID, tokenOf } from './tokens.js';
import { callOf, type Json } from './world.js';

/** The call is answered in its time, with a card that says what could not be read. */
const from = (id: string, name: string, what: string): Attack => ({
  id,
  what: `a FHIR server that ${what}`,
  expected: [200],
  run: (world) => world.send({ body: asking(`${world.origin}/fhir/${name}`) }),
  also: ({ body }, { asked }) => [
    ...(body.includes('"code":"not-checked"') ? [] : ['no card says what was not checked']),
    ...(asked.length < 400 ? [] : [`${asked.length} requests`]),
    ...('polluted' in {} ? ['the prototype is polluted'] : []),
  ],
});

const replies: readonly Attack[] = [
  from('S8.1', 'redirect-host', 'redirects to another host'),
  from('S8.2', 'redirect-file', 'redirects to a file'),
  from('S8.3', 'redirect-loop', 'redirects to itself'),
  from('S8.4', 'redirect-300', 'offers several places, one of them in Refresh'),
  from('S8.5', 'next-host', 'has its next page on another host'),
  from('S8.6', 'next-port', 'has its next page on another port'),
  from('S8.7', 'next-file', 'has its next page in a file'),
  from('S8.8', 'next-above', 'has its next page above its base'),
  from('S8.9', 'next-loop', 'is its own next page'),
  from('S8.10', 'next-endless', 'has pages without end'),
  from('S8.11', 'wrong-type', 'answers with a practitioner'),
  from('S8.12', 'stranger', "answers with another patient's data"),
  from('S8.13', 'text', 'answers with a text'),
  from('S8.14', 'proto', 'answers with a prototype'),
  from('S9.1', 'brotli', 'sends a brotli bomb of 50 MB'),
  from('S9.2', 'flood', 'never ends'),
  from('S9.3', 'drip', 'answers byte by byte'),
  from('S9.4', 'silent', 'takes the call and says nothing'),
  from('S9.5', 'headers', 'sends headers of 64 kB'),
  from('S9.6', 'torn', 'breaks off'),
  from('S9.7', 'deep', 'sends 100,000 brackets'),
  from('S9.8', 'nested', 'sends a list nested 20,000 times'),
  from('S9.9', 'html', 'sends a page'),
  from('S9.10', 'failing', 'fails and says whose data it failed on'),
  from('S9.11', 'denied', 'refuses and repeats the token'),
];

const referring = (id: string, reference: (trap: string) => string): Attack => ({
  id,
  what: `an order whose medication is elsewhere (${id})`,
  expected: [200, 412],
  run: (world) => {
    const draft = {
      resourceType: 'MedicationRequest',
      id: 'draft-1',
      status: 'draft',
      intent: 'order',
      subject: { reference: 'Patient/patient-1' },
      medicationReference: { reference: reference(world.trap) },
      priorPrescription: { reference: reference(world.trap) },
    };
    const draftOrders = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: draft }] };
    return world.send({ body: asking(`${world.origin}/fhir/empty`, { context: { draftOrders } }) });
  },
});
const references: readonly Attack[] = [
  referring('S8.15', (trap) => `${trap}/fhir/Medication/1`),
  referring('S8.16', (trap) => `//${trap.slice(7)}/fhir/Medication/1`),
  referring('S8.17', () => 'Medication/../../stolen/1'),
  referring('S8.18', () => 'file:///etc/passwd'),
];

const authorized = (id: string, what: string, changes: Json, expected = [200, 400]): Attack => ({
  id,
  what,
  expected,
  run: (world) => {
    world.asked.length = 0;
    const body = JSON.parse(asking(`${world.origin}/fhir/empty`)) as { fhirAuthorization: Json };
    Object.assign(body.fhirAuthorization, changes);
    return world.send({ body: JSON.stringify(body) });
  },
  also: (_, { asked }) =>
    asked
      .filter(({ token }) => token !== undefined && token !== `Bearer ${canary.token}`)
      .map(({ token }) => `sent with ${token?.slice(0, 60)}`),
});
const tokens: readonly Attack[] = [
  {
    id: 'S10.1',
    what: 'a token for a host that is not registered',
    expected: [200],
    run: (world) => world.send({ body: asking(`${world.trap}/fhir`) }),
    also: ({ body }) => toldUnregistered(body),
  },
  {
    id: 'S10.2',
    what: "a token for another client's FHIR server",
    expected: [200],
    run: (world) => {
      world.asked.length = 0;
      return world.send({ body: asking(`${world.origin}/fhir/of-other`) });
    },
    also: ({ body }, { asked }) => [
      ...toldUnregistered(body),
      ...asked.map(({ path }) => `${path} was asked`),
    ],
  },
  authorized('S10.3', 'a token of another type', { token_type: 'MAC' }),
  authorized('S10.4', 'a token that has expired', { expires_in: 0 }),
  authorized('S10.5', 'a lifetime below nothing', { expires_in: -5 }),
  authorized('S10.6', 'a lifetime in words', { expires_in: 'never' }),
  authorized('S10.7', 'a scope that reads nothing', { scope: 'openid' }),
  authorized('S10.8', 'a token of another patient', { patient: 'someone-else' }),
  authorized('S10.9', 'a line end in the token', { access_token: 'ECHO-a\r\nX-Evil: 1' }, [400]),
  authorized('S10.10', 'a blank in the token', { access_token: 'ECHO-a b' }, [400]),
  authorized('S10.11', 'letters outside ASCII in the token', { access_token: 'ECHO-\u0100' }, [400]),
  authorized('S10.12', 'an empty token', { access_token: '' }, [400]),
  authorized('S10.13', 'a token that is a list', { access_token: [canary.token] }, [400]),
  {
    id: 'S10.14',
    what: 'the token of the call itself sent on to a FHIR server',
    expected: [200],
    run: (world) => {
      world.asked.length = 0;
      const { fhirAuthorization: _, ...body } = JSON.parse(asking(`${world.origin}/fhir/empty`)) as Json;
      return world.send({ body: JSON.stringify(body) });
    },
    also: (_, { asked }) =>
      asked.filter(({ token }) => token !== undefined).map(({ path }) => `${path} was asked with a token`),
  },
];

const links: readonly Attack[] = ['Host', 'X-Forwarded-Host', 'Forwarded', 'Origin', 'Referer'].map(
  (name, index) => ({
    id: `S11.${index + 1}`,
    what: `a link made of what ${name} says`,
    expected: [200],
    run: (world) =>
      world.send({
        headers: {
          [name]:
            name === 'Forwarded'
              ? 'host=evil.example'
              : 'https://evil.example'.slice(name === 'Host' ? 8 : 0),
        },
        body: JSON.stringify(callOf()),
      }),
    also: ({ raw }) => (raw.includes('evil.example') ? ['the answer repeats the host'] : []),
  }),
);

/** A second client's own call is not touched by what the first has done: T2. */
const tenants: readonly Attack[] = [
  {
    id: 'T2.1',
    what: "a client that names another client's FHIR server",
    expected: [200],
    run: (world) => {
      const token = tokenOf({
        header: { kid: KID.other },
        claims: { iss: 'https://ehr.other.example' },
        sign: es384(keys.other.privateKey),
      });
      return world.send({
        headers: { Authorization: `Bearer ${token}` },
        body: asking(`${world.origin}/fhir/empty`),
      });
    },
    also: ({ body }) => toldUnregistered(body),
  },
  {
    id: 'T2.2',
    what: 'a client beyond its rate, while the others are answered',
    expected: [429],
    run: async (world) => {
      const call = () => {
        const token = tokenOf({ claims: { iss: 'https://ehr.slowed.example' } });
        return world.send({ headers: { Authorization: `Bearer ${token}` }, body: JSON.stringify(callOf()) });
      };
      const first = await Promise.all([call(), call(), call()]);
      const wrong = first.find(({ status }) => status !== 200);
      return wrong ?? call();
    },
    also: ({ headers }) => (/^\d+$/.test(headers['retry-after'] ?? '') ? [] : ['no Retry-After']),
  },
  {
    id: 'T2.3',
    what: 'a FHIR server that fails for one client is still asked for another base',
    expected: [200],
    run: async (world) => {
      await Promise.all(
        Array.from({ length: 12 }, () => world.send({ body: asking(`${world.origin}/fhir/failing`) })),
      );
      world.asked.length = 0;
      return world.send({ body: asking(`${world.origin}/fhir/empty`) });
    },
    also: (_, { asked }) =>
      asked.some(({ path }) => path.startsWith('/fhir/empty/')) ? [] : ['the other base was not asked'],
  },
];

export const outboundReplies: readonly Attack[] = [
  ...replies,
  ...references,
  ...tokens,
  ...links,
  ...tenants,
];
