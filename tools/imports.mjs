/** Checks who imports whom in `src/`: one direction, no cycles, and each risky thing in its one place. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

/** Stands for `import(expression)`, which cannot be checked and is therefore refused. */
const computed = 'import(';

/** Stands for a call of the global `fetch`, which no import tells of. */
const globalFetch = 'fetch(';

/** A part imports only parts named after it (design: main → app → http → pipeline → … → cdshooks). */
const direction = [
  'main',
  'workers',
  'service',
  'registered-access',
  'app',
  'http',
  'pipeline',
  'judge',
  'clients',
  'journal',
  'render',
  'decide',
  'record',
  'library',
  'cdshooks',
];

/** Leaves that import nothing of the service and may be imported by all. */
const leaves = [
  'addresses',
  'day-in',
  'errors',
  'flat-map',
  'greatest',
  'json-scan',
  'log',
  'log-lines',
  'memory',
  'once-each',
  'remembered',
  'untrusted',
  'v8-flags',
  'within',
];

/** Who may import the configuration: everything below is handed values, never settings. */
const mayImportConfig = ['main', 'service', 'app', 'http', 'pipeline'];

/** Package (or the environment) → the only files that may touch it. */
const only = {
  express: ['src/http/'],
  helmet: ['src/http/'],
  'node:http': ['src/http/'],
  'node:https': [],
  'node:net': [
    'src/addresses.ts',
    'src/config.ts',
    'src/record/fetch/lookup.ts',
    'src/http/server.ts',
    'src/http/request-log.ts',
  ],
  'node:dns': ['src/record/fetch/lookup.ts'],
  'node:http2': [],
  'node:tls': [],
  [globalFetch]: [],
  undici: ['src/record/fetch/http-client.ts'],
  cockatiel: ['src/record/fetch/guard.ts'],
  fhirpath: ['src/decide/'],
  kysely: ['src/journal/'],
  libsql: ['src/journal/database.ts'],
  pg: ['src/journal/database.ts'],
  'prom-client': ['src/http/metrics.ts', 'src/http/metrics-of-all.ts', 'src/workers.ts'],
  'node:inspector': ['src/memory.ts'],
  'node:cluster': ['src/http/metrics-of-all.ts', 'src/workers.ts'],
  jose: ['src/clients/'],
  yaml: ['src/library/'],
  pino: ['src/main.ts', 'src/log-lines.ts'],
  'process.env': ['src/config.ts', 'src/main.ts'],
};

/**
 * The little of the parser's tree that is looked at.
 * @typedef {object} SyntaxNode
 * @property {string} [type]
 * @property {unknown} [value]
 * @property {SyntaxNode | null} [source]
 * @property {SyntaxNode} [argument]
 * @property {SyntaxNode[]} [arguments]
 * @property {SyntaxNode} [callee]
 * @property {SyntaxNode} [expression]
 * @property {SyntaxNode} [object]
 * @property {SyntaxNode} [property]
 */

/** @typedef {{ file: string, imports: string[], packages: string[], text: string }} Module */

/**
 * @param {unknown} node
 * @param {Set<string>} found collects specifiers, and `process.env` when the environment is read
 */
function collect(node, found) {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, found);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  const it = /** @type {SyntaxNode} */ (node);
  const specifier = it.type === 'TsImportType' ? it.argument?.value : it.source?.value;
  if (typeof specifier === 'string') found.add(specifier);
  if (it.type === 'CallExpression' && it.callee?.type === 'Import') {
    const name = it.arguments?.[0]?.expression;
    found.add(name?.type === 'StringLiteral' && typeof name.value === 'string' ? name.value : computed);
  }
  if (it.type === 'CallExpression' && it.callee?.type === 'Identifier' && it.callee.value === 'fetch') {
    found.add(globalFetch);
  }
  if (it.type === 'MemberExpression' && it.object?.value === 'process') {
    if ((it.property?.value ?? it.property?.expression?.value) === 'env') found.add('process.env');
  }
  for (const value of Object.values(it)) collect(value, found);
}

/**
 * @param {string} root
 * @param {string} file path from `root`, with forward slashes
 * @returns {Module}
 */
function readModule(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  /** @type {Set<string>} */
  const found = new Set();
  collect(parseSync(text, { syntax: 'typescript', target: 'es2022' }).body, found);
  const imports = [];
  const packages = [];
  for (const specifier of found) {
    if (!specifier.startsWith('.')) packages.push(specifier);
    else imports.push(posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts'));
  }
  return { file, imports, packages, text };
}

/** @param {string} file */
const partOf = (file) => file.split('/')[1]?.replace(/\.ts$/, '') ?? '';

/**
 * @param {Module} module
 * @param {string} word
 */
function at(module, word) {
  const line = module.text.split('\n').findIndex((text) => text.includes(word));
  return `${module.file}:${line + 1}`;
}

/**
 * @param {Module} module
 * @param {string} target
 * @returns {string | undefined} what is wrong with this import
 */
function wrongDirection(module, target) {
  const from = partOf(module.file);
  const to = partOf(target);
  if (!target.startsWith('src/')) return `src never imports ${target}`;
  if (from === to || leaves.includes(to)) return undefined;
  if (to === 'config') {
    return mayImportConfig.includes(from) ? undefined : `${from} takes values, not the configuration`;
  }
  if (from === 'config') return `config imports only ${leaves.join(', ')}, not ${to}`;
  if (leaves.includes(from)) return `${from} imports nothing of the service`;
  for (const part of [from, to]) {
    if (!direction.includes(part)) return `${part} has no place in the import direction of tools/imports.mjs`;
  }
  if (direction.indexOf(from) < direction.indexOf(to)) return undefined;
  return `${from} may not import ${to}: imports run ${direction.join(' → ')}`;
}

/**
 * @param {Module} module
 * @returns {string[]}
 */
function misplacedPackages(module) {
  return module.packages.flatMap((specifier) => {
    if (specifier === computed) return [`${at(module, computed)}: a computed import cannot be checked`];
    const [name] = Object.keys(only).filter((key) => specifier === key || specifier.startsWith(`${key}/`));
    const places = name === undefined ? undefined : only[/** @type {keyof typeof only} */ (name)];
    if (places === undefined || places.some((place) => module.file.startsWith(place))) return [];
    const word = specifier === 'process.env' ? 'process' : specifier;
    const place = places.length === 0 ? 'nowhere in src' : `to ${places.join(' and ')} only`;
    return [`${at(module, word)}: ${specifier} belongs ${place}`];
  });
}

/**
 * @param {Map<string, Module>} modules
 * @returns {string[]} one line for each import that closes a cycle
 */
function cycles(modules) {
  /** @type {string[]} */
  const found = [];
  const done = new Set();
  /** @type {string[]} */
  const path = [];
  /** @param {string} file */
  const walk = (file) => {
    if (path.includes(file)) {
      found.push(`${file}: import cycle ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const target of modules.get(file)?.imports ?? []) walk(target);
    path.pop();
    done.add(file);
  };
  for (const file of modules.keys()) walk(file);
  return found;
}

/**
 * @param {string} root folder that holds `src/`
 * @returns {string[]} every fault, as `file:line: what is wrong`
 */
export function importFaults(root) {
  const src = join(root, 'src');
  const files = existsSync(src) ? readdirSync(src, { recursive: true, encoding: 'utf8' }) : [];
  const names = files
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name.split(sep).join('/')}`)
    .sort();
  // A checker that finds nothing to check must not be green.
  if (names.length === 0) return ['src: no TypeScript file found, nothing was checked'];
  const modules = new Map(names.map((file) => [file, readModule(root, file)]));
  const faults = [...modules.values()].flatMap((module) => [
    ...module.imports.flatMap((target) => {
      const fault = wrongDirection(module, target);
      return fault === undefined ? [] : [`${at(module, posix.basename(target, '.ts'))}: ${fault}`];
    }),
    ...misplacedPackages(module),
  ]);
  return [...faults, ...cycles(modules)];
}

if (process.argv[1] !== undefined && relative(process.argv[1], fileURLToPath(import.meta.url)) === '') {
  const faults = importFaults(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
