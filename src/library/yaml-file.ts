/** One YAML file: its plain value and the line on which any part of it stands. */

import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import { type Fault, missing } from './fault.js';
import { interned } from './interned.js';
import { inPlainWords } from './plain-words.js';

export interface YamlFile {
  /** As faults name it; of the library, relative to the cards folder. */
  readonly file: string;
  readonly value: unknown;
  /** 1-based line of the value at `path`, or of its nearest ancestor that exists. */
  lineOf(path: readonly PropertyKey[]): number;
  readonly faults: readonly Fault[];
}

/** Reads and parses one file; its absence and syntax faults are returned, not thrown. Keys are always strings. */
export function readYamlFile(cardsDir: string, file: string): YamlFile {
  const path = join(cardsDir, file);
  if (!existsSync(path)) return { file, value: undefined, lineOf: () => 1, faults: [missing(file)] };
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  return isUtf8(bytes) ? parseYaml(file, text) : notUtf8(file, text);
}

/** Editors that guess another encoding would show other words than the cards then say. */
function notUtf8(file: string, text: string): YamlFile {
  const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
  const faults = [{ file, line, message: 'is not UTF-8 from here on' }];
  return { file, value: undefined, lineOf: () => line, faults };
}

/** @param file how faults name it */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    stringKeys: true,
    uniqueKeys: true,
  });
  visit(document, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string') scalar.value = interned(scalar.value);
    },
  });
  const faults = document.errors.map((error) => notYaml(file, error.linePos?.[0].line ?? 1, error));
  const value = faults.length > 0 ? undefined : plain(document, file, faults);
  return { file, value, lineOf: (steps) => lineOf(document.contents, steps, lines), faults };
}

/** An alias (`*name`, which bold type written at the start of a value looks like) is only resolved here. */
function plain(document: Document.Parsed, file: string, faults: Fault[]): unknown {
  try {
    return document.toJS();
  } catch (error) {
    faults.push(notYaml(file, 1, error as Error));
    return undefined;
  }
}

function notYaml(file: string, line: number, error: Error): Fault {
  return { file, line, message: `is not valid YAML: ${error.message.split('\n')[0]}` };
}

function lineOf(contents: Node | null, path: readonly PropertyKey[], lines: LineCounter): number {
  let node: Node | null = contents;
  let offset = contents?.range?.[0] ?? 0;
  for (const step of path) {
    const next: { node: Node | null; offset: number } | undefined = child(node, step);
    if (next === undefined) break;
    node = next.node;
    offset = next.offset;
  }
  return lines.linePos(offset).line || 1;
}

function child(node: Node | null, step: PropertyKey): { node: Node | null; offset: number } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && item.key.value === String(step),
    );
    if (pair === undefined) return undefined;
    const key = pair.key as Node;
    return { node: pair.value as Node | null, offset: key.range?.[0] ?? 0 };
  }
  if (isSeq(node)) {
    const item = node.items[Number(step)] as Node | undefined;
    return item === undefined ? undefined : { node: item, offset: item.range?.[0] ?? 0 };
  }
  return undefined;
}

/** Checks a file's value against a schema; every fault gets the line of the part it speaks of. */
export function shapeOf<T>(yaml: YamlFile, schema: z.ZodType<T>): { value?: T; faults: Fault[] } {
  if (yaml.faults.length > 0) return { faults: [...yaml.faults] };
  const result = schema.safeParse(yaml.value, { error: inPlainWords });
  if (result.success) return { value: result.data, faults: [] };
  return {
    faults: result.error.issues.map((issue) => ({
      file: yaml.file,
      line: yaml.lineOf(
        issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path,
      ),
      message: `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`,
    })),
  };
}
