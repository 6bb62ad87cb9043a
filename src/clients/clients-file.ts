/** Reads the file of registered clients, or tells every fault of it at once, each with its line. */

import { readFileSync } from 'node:fs';
import type { Fault } from '../library/fault.js';
import { parseYaml, shapeOf, type YamlFile } from '../library/yaml-file.js';
import type { Client, KeyPlace } from './client.js';
import { type ClientForm, clientsForm } from './client-form.js';
import { readKeySet } from './key-set.js';

/** All that is wrong with the file, `file:line what`. */
export class ClientsFaultsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ClientsFaultsError';
  }
}

/**
 * @param path as the operator has given it; faults repeat it
 * @throws ClientsFaultsError
 */
export function loadClients(path: string): readonly Client[] {
  const yaml = parseYaml(path, textOf(path));
  const { value, faults } = shapeOf(yaml, clientsForm);
  if (value === undefined) throw faultsError(faults);
  const read = value.clients.map((entry, index) => readClient(entry, index, yaml));
  const all = [...repeated(value.clients, yaml), ...read.flatMap(({ faults: own }) => own)];
  if (all.length > 0) throw faultsError(all);
  return read.map(({ client }) => client);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ClientsFaultsError([`CLIENTS_FILE: ${path} cannot be read (${code ?? 'unknown'})`]);
  }
}

function faultsError(faults: readonly Fault[]): ClientsFaultsError {
  const sorted = [...faults].sort((a, b) => a.line - b.line);
  return new ClientsFaultsError(sorted.map(({ file, line, message }) => `${file}:${line} ${message}`));
}

/** Keys are looked up by issuer alone, and the log tells clients apart by name. */
function repeated(clients: readonly ClientForm[], yaml: YamlFile): readonly Fault[] {
  return (['name', 'iss'] as const).flatMap((field) =>
    clients.flatMap((client, index) => {
      const first = clients.findIndex((other) => other[field] === client[field]);
      if (first === index) return [];
      const line = yaml.lineOf(['clients', first, field]);
      return [
        faultAt(yaml, [index, field], `expected each client to have its own; line ${line} has the same`),
      ];
    }),
  );
}

function readClient(entry: ClientForm, index: number, yaml: YamlFile) {
  const { jwks: _, jwksUrl: __, tenants, rate, repeatDays, ...rest } = entry;
  const { keys, faults } = keyPlace(entry, index, yaml);
  const client: Client = { ...rest, tenants, rate, repeatDays, keys };
  return { client, faults };
}

function keyPlace(
  { jwksUrl, jwks, algorithms }: ClientForm,
  index: number,
  yaml: YamlFile,
): { readonly keys: KeyPlace; readonly faults: readonly Fault[] } {
  const none: KeyPlace = { is: 'inline', keys: new Map() };
  if ((jwksUrl === undefined) === (jwks === undefined)) {
    return { keys: none, faults: [faultAt(yaml, [index], 'expected either jwksUrl or jwks')] };
  }
  if (jwksUrl !== undefined) return { keys: { is: 'at', url: jwksUrl }, faults: [] };
  const read = readKeySet(jwks, algorithms);
  if (read === undefined) {
    return { keys: none, faults: [faultAt(yaml, [index, 'jwks'], 'expected at most 100 keys')] };
  }
  const faults = read.ignored.map((key) => faultAt(yaml, [index, 'jwks', 'keys', key.index], key.why));
  if (read.keys.size === 0 && faults.length === 0) {
    faults.push(faultAt(yaml, [index, 'jwks'], 'expected at least one key'));
  }
  return { keys: { is: 'inline', keys: read.keys }, faults };
}

function faultAt(yaml: YamlFile, steps: readonly (string | number)[], message: string): Fault {
  const path = ['clients', ...steps];
  return { file: yaml.file, line: yaml.lineOf(path), message: `${path.join('.')}: ${message}` };
}
