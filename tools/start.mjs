/** Starts the service: compiles `src/` when `dist/` is missing or older, then runs `dist/main.js` in this process. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const compiled = join(root, 'dist', 'main.js');

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
  const done = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

if (!isCompiled()) compile();
await import(pathToFileURL(compiled).href);
