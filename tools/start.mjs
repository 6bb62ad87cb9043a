/** Starts the service: builds `dist/` when it is missing or older than its sources, then runs `dist/main.js` in this process. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const build = join(root, 'tools', 'build.mjs');
const main = join(root, 'dist', 'main.js');

/** @returns {number} time of the newest file that the build depends on; libraries are part of it */
function newestSource() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((name) =>
    join('src', name),
  );
  const others = ['tsconfig.json', 'tsconfig.build.json', 'tools/build.mjs', 'package-lock.json'];
  const files = [...sources, ...others].map((name) => join(root, name)).filter((file) => existsSync(file));
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}

/** @returns {boolean} true when `dist/main.js` may be run as it is */
function isBuilt() {
  if (!existsSync(main)) return false;
  // A container holds dist/ only: what is built there is what is meant to run.
  return !existsSync(join(root, 'src')) || statSync(main).mtimeMs >= newestSource();
}

/** @returns {boolean} whether there is what builds, which a production install leaves out */
function canBuild() {
  const require = createRequire(import.meta.url);
  try {
    for (const name of ['typescript', 'rolldown']) require.resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

if (!isBuilt()) {
  if (canBuild()) {
    const { status } = spawnSync(process.execPath, [build], { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  } else if (!existsSync(main)) {
    console.error(
      'dist/main.js is missing and what builds it is not installed: run `npm ci --include=dev`, then `npm start` again.',
    );
    process.exit(1);
  }
}
// What a worker is started with: it shall build nothing.
process.argv[1] = main;
await import(pathToFileURL(main).href);
