/** Where the time of a call goes, by the part of the service that spends it, from V8's own profile. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Frame {
  readonly functionName: string;
  readonly url: string;
  /** From 0, as the column. */
  readonly lineNumber: number;
  readonly columnNumber: number;
}

interface Profile {
  /** Microseconds of the clock that `process.hrtime` reads as well. */
  readonly startTime: number;
  readonly nodes: readonly {
    readonly id: number;
    readonly children?: readonly number[];
    readonly callFrame: Frame;
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
  ['parse', /\/src\/(http\/(body|json)[^/]*|json-[^/]*)\.ts/],
  ['validate', /\/src\/http\/(validate|orders|field-faults)[^/]*\.ts|\/src\/cdshooks\/|node_modules\/zod\//],
  ['facts', /\/src\/decide\/|node_modules\/(fhirpath|antlr4|@lhncbc)\//],
  ['record', /\/src\/record\//],
  ['render', /\/src\/render\//],
  ['journal', /\/src\/journal\/|node_modules\/(kysely|libsql|@libsql|pg)/],
  ['token', /\/src\/clients\/|\/src\/http\/auth\.ts|node_modules\/jose\//],
  ['log', /\/src\/(http\/request-log|log|log-lines)\.ts|node_modules\/(pino|sonic-boom)/],
  [
    'http',
    /\/src\/(http\/|app\.ts)|node_modules\/(express|router|helmet|body-parser|finalhandler|send|on-finished|prom-client)|node:_?http|node:net|node:internal\/(streams|stream_base|async_hooks|timers)/,
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
  const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const sources = new Map(nodes.map(({ id, callFrame }) => [id, sourceOf(callFrame)]));
  const urls = (from: number): readonly string[] => {
    const above: string[] = [];
    for (let at: number | undefined = from; at !== undefined; at = parent.get(at)) {
      above.push(sources.get(at) ?? '');
    }
    return above;
  };
  const found = new Map<number, Place>();
  for (const { id, callFrame } of nodes) {
    const { functionName } = callFrame;
    if (['(idle)', '(root)'].includes(functionName)) continue;
    const part = special.get(functionName) ?? partOf(urls(id)) ?? OTHER;
    const file = (sources.get(id) ?? '').replace(/^.*\/(?=src\/|node_modules\/)/, '') || functionName;
    found.set(id, { part, file });
  }
  return found;
}

const maps = new Map<string, SourceMap | undefined>();

/** The file a function was written in: the service runs built into few. */
function sourceOf({ url, lineNumber, columnNumber }: Frame): string {
  if (!url.startsWith('file:')) return url;
  if (!maps.has(url)) {
    const file = `${fileURLToPath(url)}.map`;
    const hasMap = existsSync(file);
    maps.set(url, hasMap ? new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as SourceMapPayload) : undefined);
  }
  const entry = maps.get(url)?.findEntry(lineNumber, columnNumber);
  return entry !== undefined && 'originalSource' in entry ? entry.originalSource : url;
}

/** @param urls of a function and of those that called it, innermost first */
function partOf(urls: readonly string[]): string | undefined {
  for (const url of urls) {
    const found = parts.find(([, pattern]) => pattern.test(url));
    if (found !== undefined) return found[0];
  }
  return undefined;
}
