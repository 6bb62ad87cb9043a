/** `npm start`: builds what is not built yet, and says what to do when it cannot. */
import { spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'start-'));
  for (const tool of ['start.mjs', 'build.mjs']) cpSync(join('tools', tool), join(root, 'tools', tool));
  cpSync('package.json', join(root, 'package.json'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, text: string, ageInSeconds = 0): void {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
  const time = Date.now() / 1000 - ageInSeconds;
  utimesSync(join(root, file), time, time);
}

function installCompilers(): void {
  cpSync('tsconfig.json', join(root, 'tsconfig.json'));
  cpSync('tsconfig.build.json', join(root, 'tsconfig.build.json'));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
}

function start(): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [join(root, 'tools/start.mjs')], { cwd: tmpdir() });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((done) => {
    child.once('close', (code) => done({ code, output }));
  });
}

test('builds the source when nothing is built, and runs it', async () => {
  installCompilers();
  write('src/main.ts', "const word: string = 'first';\nconsole.log(word);\n");
  expect(await start()).toEqual({ code: 0, output: 'first\n' });
});

test('runs it as the program that workers are started with: they build nothing', async () => {
  installCompilers();
  write('src/main.ts', 'console.log(process.argv[1]);\n');
  expect(await start()).toEqual({ code: 0, output: `${join(root, 'dist', 'main.js')}\n` });
});

test('builds again when the source is newer', async () => {
  installCompilers();
  write('src/main.ts', "console.log('second');\n");
  write('dist/main.js', "console.log('first');\n", 60);
  expect(await start()).toEqual({ code: 0, output: 'second\n' });
});

test('builds again when a library is newer, and leaves nothing of the build before', async () => {
  installCompilers();
  write('src/main.ts', "console.log('second');\n", 120);
  write('package-lock.json', '{}');
  for (const file of ['main.js', 'part-1.js', 'part-1.js.map']) write(`dist/${file}`, 'old();\n', 90);
  expect(await start()).toEqual({ code: 0, output: 'second\n' });
  expect(readdirSync(join(root, 'dist'))).toEqual(['main.js', 'main.js.map']);
});

test('needs no file of a library afterwards', async () => {
  installCompilers();
  write('src/main.ts', "import { stringify } from 'yaml';\nconsole.log(stringify({ is: 'in' }));\n");
  await start();
  rmSync(join(root, 'node_modules'));
  expect(await start()).toEqual({ code: 0, output: 'is: in\n\n' });
});

test('writes letters of one byte, of which V8 needs half the memory, and says the same', async () => {
  installCompilers();
  write('src/main.ts', "console.log('\u2265 5 \u00b5g', /\u2265/.test('\u2265'), `\u{1f600}`);\n");
  expect(await start()).toEqual({ code: 0, output: '\u2265 5 \u00b5g true \u{1f600}\n' });
  expect(readFileSync(join(root, 'dist/main.js'), 'utf8')).not.toMatch(/[^\0-\x7f]/);
});

test('whoever reads a built file meanwhile reads the whole of what it was', async () => {
  installCompilers();
  write('src/main.ts', "console.log('second');\n");
  write('dist/main.js', "console.log('first');\n", 60);
  const file = openSync(join(root, 'dist/main.js'), 'r');
  expect(await start()).toEqual({ code: 0, output: 'second\n' });
  expect(readFileSync(file, 'utf8')).toBe("console.log('first');\n");
  closeSync(file);
});

test('started several times at once, each runs the whole of what is new', async () => {
  installCompilers();
  const parts = Array.from({ length: 60 }, (_, index) => index);
  const padding = '// as long as a file of its own\n'.repeat(100);
  for (const part of parts) {
    write(`src/parts/part${part}.ts`, `${padding}export const n${part} = ${part};\n`);
    write(`dist/parts/part${part}.js`, 'export const old = 1;\n', 60);
  }
  for (const part of parts) write(`dist/before-${part}.js`, '', 120);
  const imports = parts.map((part) => `import { n${part} } from './parts/part${part}.js';\n`);
  const sum = parts.map((part) => `n${part}`).join(' + ');
  write('src/main.ts', `${imports.join('')}console.log(${sum});\n`);
  write('dist/main.js', "console.log('old');\n", 60);
  const starts = Array.from({ length: 3 }, async (_, index) => {
    await setTimeout(index * 60);
    return start();
  });
  expect(await Promise.all(starts)).toEqual(starts.map(() => ({ code: 0, output: '1770\n' })));
  expect(readdirSync(root).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
  expect(readdirSync(join(root, 'dist')).filter((name) => name.startsWith('before'))).toEqual([]);
});

test('does not run source that does not compile, the second time neither', async () => {
  installCompilers();
  write('src/main.ts', "const word: number = 'first';\nconsole.log(word);\n");
  expect(await start()).toMatchObject({ code: 1, output: expect.stringContaining('src/main.ts') });
  expect(await start()).toMatchObject({ code: 1 });
});

test('does not run that of which an import leads nowhere', async () => {
  installCompilers();
  write('src/main.ts', "// @ts-expect-error There is none.\nexport * from 'nowhere';\n");
  expect(await start()).toMatchObject({ code: 1, output: expect.stringContaining("'nowhere'") });
  expect(readdirSync(root).filter((name) => name.startsWith('dist'))).toEqual([]);
});

test('runs what is built where there is no source', async () => {
  write('dist/main.js', "console.log('built');\n", 60);
  expect(await start()).toEqual({ code: 0, output: 'built\n' });
});

test('runs what is built where there is source but no compiler', async () => {
  write('src/main.ts', "console.log('source');\n");
  write('tsconfig.json', '{}');
  write('tsconfig.build.json', '{}');
  write('dist/main.js', "console.log('built');\n", 60);
  expect(await start()).toEqual({ code: 0, output: 'built\n' });
});

test('says what to do where there is neither', async () => {
  write('src/main.ts', "console.log('source');\n");
  expect(await start()).toMatchObject({ code: 1, output: expect.stringContaining('npm ci --include=dev') });
});
