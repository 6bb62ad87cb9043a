/** Starts the service: compiles `src/` when `dist/` is missing or older, then runs `dist/main.js` in this process. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const compiled = join(dist, 'main.js');

/** @returns {number} time of the newest file that the compiled code depends on */
function newestSource() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, 'src', name))
    .concat(join(root, 'tsconfig.json'), join(root, 'tsconfig.build.json'));
  return Math.max(...sources.map((file) => statSync(file).mtimeMs));
}

/** @returns {boolean} true when `dist/main.js` may be run as it is */
function isCompiled() {
  if (!existsSync(compiled)) return false;
  // A container holds dist/ only: what is compiled there is what is meant to run.
  return !existsSync(join(root, 'src')) || statSync(compiled).mtimeMs >= newestSource();
}

/** @returns {string | undefined} the compiler, which a production install leaves out */
function compiler() {
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  } catch {
    return undefined;
  }
}

function compile() {
  const tsc = compiler();
  if (tsc === undefined) {
    if (existsSync(compiled)) return;
    console.error(
      'dist/main.js is missing and the TypeScript compiler is not installed: run `npm ci --include=dev`, then `npm start` again.',
    );
    process.exit(1);
  }
  // Beside `dist/`, since another start may compile or read there at this moment.
  const beside = mkdtempSync(join(root, 'dist-'));
  const started = new Date();
  const { status } = spawnSync(
    process.execPath,
    [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', beside],
    { stdio: 'inherit' },
  );
  if (status === 0) {
    // A source that was changed meanwhile is newer than this.
    utimesSync(join(beside, 'main.js'), started, started);
    moveInto(dist, beside);
  }
  rmSync(beside, { recursive: true, force: true });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Puts each file in its place as a whole, and `main.js` last: who sees it new sees all others new.
 * @param {string} place
 * @param {string} from
 */
function moveInto(place, from) {
  const entries = readdirSync(from, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const main = join(from, 'main.js');
  for (const file of [...files.filter((each) => each !== main), main]) {
    const target = join(place, relative(from, file));
    mkdirSync(dirname(target), { recursive: true });
    renameSync(file, target);
  }
}

if (!isCompiled()) compile();
await import(pathToFileURL(compiled).href);
