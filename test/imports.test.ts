/** The import checker must be red on every kind of fault it promises to find: a green one that checks nothing is worse than none. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { importFaults } from '../tools/imports.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'imports-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

describe('the import checker', () => {
  test('finds nothing wrong in this repository', () => {
    expect(importFaults('.')).toEqual([]);
  });

  test('accepts an import that runs along the direction', () => {
    write(
      'src/render/card.ts',
      "import { code } from '../cdshooks/protocol.js';\nexport const card = code;\n",
    );
    write('src/cdshooks/protocol.ts', 'export const code = 1;\n');
    expect(importFaults(root)).toEqual([]);
  });

  test('reports an import that points back, with file and line', () => {
    write('src/library/load.ts', "export const a = 1;\nimport type { B } from '../decide/verdict.js';\n");
    write('src/decide/verdict.ts', 'export type B = string;\n');
    expect(importFaults(root)).toEqual([
      expect.stringMatching(/^src\/library\/load\.ts:2: library may not import decide/),
    ]);
  });

  test('reports a cycle between two files of one folder', () => {
    write('src/decide/a.ts', "export * from './b.js';\n");
    write('src/decide/b.ts', "import './a.js';\n");
    expect(importFaults(root)).toEqual([
      'src/decide/a.ts: import cycle src/decide/a.ts → src/decide/b.ts → src/decide/a.ts',
    ]);
  });

  test('reports express outside src/http', () => {
    write('src/pipeline.ts', "import express from 'express';\nexport const app = express();\n");
    expect(importFaults(root)).toEqual(['src/pipeline.ts:1: express belongs to src/http/ only']);
  });

  test('reports the network outside the one file that knows it', () => {
    write('src/record/fetch/ask.ts', "import { Agent } from 'undici';\nexport const agent = new Agent();\n");
    write('src/record/get.ts', "export const got = await fetch('https://example.org');\n");
    expect(importFaults(root)).toEqual([
      'src/record/fetch/ask.ts:1: undici belongs to src/record/fetch/http-client.ts only',
      'src/record/get.ts:1: fetch( belongs nowhere in src',
    ]);
  });

  test('reports a package path and a dynamic import of fhirpath outside src/decide', () => {
    write('src/record/a.ts', "export const model = await import('fhirpath/fhir-context/r4');\n");
    expect(importFaults(root)).toEqual([
      'src/record/a.ts:1: fhirpath/fhir-context/r4 belongs to src/decide/ only',
    ]);
  });

  test('reports an import whose name is computed', () => {
    write('src/record/a.ts', "const name = 'express';\nexport const a = await import(name);\n");
    expect(importFaults(root)).toEqual(['src/record/a.ts:2: a computed import cannot be checked']);
  });

  test('reports a reader of the environment', () => {
    write('src/record/a.ts', 'export const host = process.env.HOST;\n');
    expect(importFaults(root)).toEqual([
      'src/record/a.ts:1: process.env belongs to src/config.ts and src/main.ts only',
    ]);
  });

  test('reports source that imports the tests', () => {
    write('src/http/a.ts', "import '../../test/http/support.js';\n");
    expect(importFaults(root)).toEqual(['src/http/a.ts:1: src never imports test/http/support.ts']);
  });

  test('reports the configuration read by a layer below the pipeline', () => {
    write('src/decide/a.ts', "import { config } from '../config.js';\nexport const a = config;\n");
    write('src/config.ts', 'export const config = 1;\n');
    expect(importFaults(root)).toEqual(['src/decide/a.ts:1: decide takes values, not the configuration']);
  });

  test('reports a folder that has no place in the direction', () => {
    write('src/helpers/a.ts', "import '../cdshooks/b.js';\n");
    write('src/cdshooks/b.ts', 'export const b = 1;\n');
    expect(importFaults(root)).toEqual([
      'src/helpers/a.ts:1: helpers has no place in the import direction of tools/imports.mjs',
    ]);
  });

  test('is red when there is nothing to check', () => {
    expect(importFaults(root)).toEqual(['src: no TypeScript file found, nothing was checked']);
  });
});
