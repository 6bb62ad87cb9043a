/** Where the time of a call goes, by the part of the service that spends it, from V8's own profile. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** First that fits; a function of a library counts for the part of the service that called it. */
const parts: readonly (readonly [part: string, pattern: RegExp])[] = [
  ['parse', /dist\/(http\/(body|json-scan)|json-scan)\.js/],
  ['validate', /dist\/http\/(validate|orders|field-faults)\.js|node_modules\/zod\//],
  ['facts', /dist\/decide\/|node_modules\/(fhirpath|antlr4|@lhncbc)\//],
  ['record', /dist\/record\//],
  ['render', /dist\/render\//],
  ['journal', /dist\/journal\/|node_modules\/(kysely|libsql|pg)/],
  ['token', /dist\/clients\/|node_modules\/jose\//],
  ['log', /dist\/(http\/request-log|log)\.js|node_modules\/(pino|sonic-boom)/],
  ['http', /dist\/http\/|node_modules\/(express|router|helmet|body-parser|finalhandler|send|on-finished)|node:_?http|node:net|node:internal\/(streams|stream_base)/],
];

/** Percent of the busy time for each part, greatest first. */
export function profileIn(folder: string): readonly (readonly [part: string, percent: number])[] {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile')) ?? '';
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  const partOf = partsOfNodes(profile);
  const time = new Map<string, number>();
  let busy = 0;
  for (const [position, node] of profile.samples.entries()) {
    const part = partOf.get(node);
    if (part === undefined) continue;
    const spent = profile.timeDeltas[position] ?? 0;
    busy += spent;
    time.set(part, (time.get(part) ?? 0) + spent);
  }
  return [...time]
    .map(([part, spent]) => [part, (100 * spent) / busy] as const)
    .sort(([, a], [, b]) => b - a);
}

/** Idle time belongs to no part. */
function partsOfNodes({ nodes }: Profile): ReadonlyMap<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const found = new Map<number, string>();
  for (const { id, callFrame } of nodes) {
    if (['(idle)', '(program)', '(root)'].includes(callFrame.functionName)) continue;
    if (callFrame.functionName === '(garbage collector)') {
      found.set(id, 'garbage');
      continue;
    }
    let at: number | undefined = id;
    let part: string | undefined;
    while (at !== undefined && part === undefined) {
      const { url = '' } = byId.get(at)?.callFrame ?? {};
      part = parts.find(([, pattern]) => pattern.test(url))?.[0];
      at = parent.get(at);
    }
    found.set(id, part ?? 'start and other');
  }
  return found;
}
