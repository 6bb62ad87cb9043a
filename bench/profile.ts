/** Where the time of a call goes, by the part of the service that spends it, from V8's own profile. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Profile {
  /** Microseconds of the clock that `process.hrtime` reads as well. */
  readonly startTime: number;
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Microseconds of `process.hrtime`: what came before was the start and the warm-up, what comes after the stop. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export interface TimeSpent {
  readonly part: string;
  readonly percent: number;
  /** Of what belongs to no part: where it was spent, most first. */
  readonly files: readonly string[];
}

/** First that fits; a function of a library counts for the part of the service that called it. */
const parts: readonly (readonly [part: string, pattern: RegExp])[] = [
  ['parse', /dist\/(http\/(body|json)[^/]*|json-[^/]*)\.js/],
  ['validate', /dist\/http\/(validate|orders|field-faults)[^/]*\.js|dist\/cdshooks\/|node_modules\/zod\//],
  ['facts', /dist\/decide\/|node_modules\/(fhirpath|antlr4|@lhncbc)\//],
  ['record', /dist\/record\//],
  ['render', /dist\/render\//],
  ['journal', /dist\/journal\/|node_modules\/(kysely|libsql|@libsql|pg)/],
  ['token', /dist\/clients\/|dist\/http\/auth\.js|node_modules\/jose\//],
  ['log', /dist\/(http\/request-log|log)\.js|node_modules\/(pino|sonic-boom)/],
  [
    'http',
    /dist\/(http\/|app\.js)|node_modules\/(express|router|helmet|body-parser|finalhandler|send|on-finished|prom-client)|node:_?http|node:net|node:internal\/(streams|stream_base|async_hooks|timers)/,
  ],
];
const OTHER = 'other';
/** V8 gives frames that are no function such names; what it does outside JavaScript for nobody's sake is mostly sockets. */
const special: ReadonlyMap<string, string> = new Map([
  ['(garbage collector)', 'garbage'],
  ['(program)', 'outside JavaScript'],
]);
const TOLD_FILES = 3;

/** Percent of the busy time for each part, greatest first. */
export function profileIn(folder: string, { from, to }: Window): readonly TimeSpent[] {
  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile')) ?? '';
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
  const placeOf = placesOfNodes(profile);
  const spent = new Map<string, Map<string, number>>();
  let at = profile.startTime;
  let busy = 0;
  for (const [position, node] of profile.samples.entries()) {
    const time = profile.timeDeltas[position] ?? 0;
    at += time;
    const place = placeOf.get(node);
    if (place === undefined || at < from || at > to) continue;
    busy += time;
    const files = spent.get(place.part) ?? new Map<string, number>();
    files.set(place.file, (files.get(place.file) ?? 0) + time);
    spent.set(place.part, files);
  }
  return [...spent]
    .map(([part, files]) => timeSpent(part, files, busy))
    .sort((one, other) => other.percent - one.percent);
}

function timeSpent(part: string, files: ReadonlyMap<string, number>, busy: number): TimeSpent {
  const most = [...files].sort(([, a], [, b]) => b - a);
  const percent = (100 * most.reduce((sum, [, time]) => sum + time, 0)) / busy;
  const told = part === OTHER ? most.slice(0, TOLD_FILES) : [];
  return { part, percent, files: told.map(([file, time]) => `${file} ${((100 * time) / busy).toFixed(1)} %`) };
}

interface Place {
  readonly part: string;
  readonly file: string;
}

/** Idle time belongs to no part. */
function placesOfNodes({ nodes }: Profile): ReadonlyMap<number, Place> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const urls = (from: number): readonly string[] => {
    const above: string[] = [];
    for (let at: number | undefined = from; at !== undefined; at = parent.get(at)) {
      above.push(byId.get(at)?.callFrame.url ?? '');
    }
    return above;
  };
  const found = new Map<number, Place>();
  for (const { id, callFrame } of nodes) {
    const { functionName, url } = callFrame;
    if (['(idle)', '(root)'].includes(functionName)) continue;
    const part = special.get(functionName) ?? partOf(urls(id)) ?? OTHER;
    found.set(id, { part, file: url.replace(/^.*\/(?=dist\/|node_modules\/)/, '') || functionName });
  }
  return found;
}

/** @param urls of a function and of those that called it, innermost first */
function partOf(urls: readonly string[]): string | undefined {
  for (const url of urls) {
    const found = parts.find(([, pattern]) => pattern.test(url));
    if (found !== undefined) return found[0];
  }
  return undefined;
}
