/**
 * `npm run build [folder]`: checks the types of `src/` and puts it together with its libraries into a few files (`dist/` when
 * no folder is given). Loading nine hundred small files takes longer than all else at the start.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const config = join(root, 'tsconfig.build.json');

/** A start that has read the `main.js` of before may be loading its other files at this moment. */
const USED_FOR_MS = 60_000;

/** @returns {boolean} whether the types are right; what is wrong is on the terminal */
function checkTypes() {
  const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(typescript), 'bin', 'tsc');
  return spawnSync(process.execPath, [tsc, '-p', config], { stdio: 'inherit' }).status === 0;
}

/**
 * @param {string} folder is there
 * @throws {Error} also at a warning, such as an import that leads nowhere
 */
async function bundle(folder) {
  const bundled = await rolldown({
    cwd: root,
    input: { main: 'src/main.ts' },
    platform: 'node',
    tsconfig: config,
    // Finds its machine code beside itself.
    external: ['libsql'],
    onLog(level, log) {
      if (level === 'warn') throw new Error(log.message);
    },
  });
  await bundled.write({
    dir: folder,
    sourcemap: true,
    chunkFileNames: '[name]-[hash].js',
    // One letter beyond Latin-1, and V8 holds the whole file at two bytes for each.
    charset: 'ascii',
    comments: { legal: true, annotation: false, jsdoc: false },
  });
  await bundled.close();
}

/**
 * Puts each file in its place as a whole and `main.js`, which names the others, last: who reads it finds them. Those that no
 * build needs any more go.
 * @param {string} place
 * @param {string} from
 */
function moveInto(place, from) {
  mkdirSync(place, { recursive: true });
  const files = readdirSync(from).filter((name) => name !== 'main.js');
  for (const name of [...files, 'main.js']) renameSync(join(from, name), join(place, name));
  for (const name of readdirSync(place)) {
    if (name === 'main.js' || files.includes(name)) continue;
    const path = join(place, name);
    // Another build may be removing it as well.
    const madeAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - madeAt > USED_FOR_MS) rmSync(path, { recursive: true, force: true });
  }
}

const place = resolve(process.argv[2] ?? join(root, 'dist'));
const started = new Date();
if (!checkTypes()) process.exit(1);
// Beside its place, since another build may write there at this moment.
const beside = mkdtempSync(`${place}-`);
try {
  await bundle(beside);
  // A source that was changed meanwhile is newer than this.
  utimesSync(join(beside, 'main.js'), started, started);
  moveInto(place, beside);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(beside, { recursive: true, force: true });
}
