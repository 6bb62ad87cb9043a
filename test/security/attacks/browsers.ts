/** C1–C3: pages of other origins, answers that are kept, and places that are closed from outside. */

import type { Attack } from './attack.js';
import { sent } from './http.js';
import { ORDER_SIGN } from './tokens.js';
import { callOf } from './world.js';

const call = () => JSON.stringify(callOf());

const noOrigin: Attack['also'] = ({ headers: got }) => [
  ...(got['access-control-allow-origin'] === undefined
    ? []
    : [`taken: ${got['access-control-allow-origin']}`]),
  ...(got['access-control-allow-credentials'] === undefined ? [] : ['with credentials']),
  ...(got['vary']?.includes('Origin') === true ? [] : ['no Vary: Origin']),
];
const origins = [
  'https://evil.example',
  'null',
  'https://ehr.main.example.evil',
  'http://ehr.main.example',
  'https://evil.ehr.main.example',
  'https://EHR.main.example',
  'https://ehr.main.example:8443',
  'https://ehr.other.example',
];
export const browsers: readonly Attack[] = [
  ...origins.map((Origin, index) =>
    sent(
      `C1.${index + 1}`,
      `a page of ${Origin}`,
      { headers: { Origin, Cookie: 'a=b' }, body: call() },
      [200],
      noOrigin,
    ),
  ),
  ...origins.slice(0, 5).map((Origin, index) =>
    sent(
      `C1.${index + 9}`,
      `a preflight of ${Origin}`,
      {
        method: 'OPTIONS',
        headers: {
          Origin,
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Headers': 'authorization',
        },
      },
      [204, 403],
      noOrigin,
    ),
  ),
  sent(
    'C1.14',
    'a page of its own',
    { headers: { Origin: 'https://ehr.main.example' }, body: call() },
    [200],
    ({ headers: got }) =>
      got['access-control-allow-origin'] === 'https://ehr.main.example' ? [] : ['not taken'],
  ),
  ...['/cds-services', ORDER_SIGN, '/nothing'].map((path, index) =>
    sent(
      `C2.${index + 1}`,
      `an answer of ${path} that is kept`,
      { path, method: index === 1 ? 'POST' : 'GET', headers: { Authorization: undefined } },
      [401, 404],
      ({ headers: got }) => [
        ...(got['cache-control'] === 'no-store' ? [] : ['no Cache-Control: no-store']),
        ...(got['x-powered-by'] === undefined && got['server'] === undefined && got['etag'] === undefined
          ? []
          : ['a banner']),
        ...(got['x-content-type-options'] === 'nosniff' ? [] : ['no nosniff']),
      ],
    ),
  ),
  ...[
    '/.env',
    '/metrics',
    '/docs',
    '/debug',
    '/server-status',
    '/insights',
    '/admin',
    '/.git/config',
    '/package.json',
    '/stats',
    '/watch',
  ].map((path, index) =>
    sent(
      `C3.${index + 1}`,
      `${path} from outside`,
      { path, method: 'GET', headers: { Authorization: undefined } },
      [404],
    ),
  ),
];
