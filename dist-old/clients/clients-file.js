/** Reads the file of registered clients, or tells every fault of it at once, each with its line. */
import { readFileSync } from 'node:fs';
import { parseYaml, shapeOf } from '../library/yaml-file.js';
import { clientsForm } from './client-form.js';
import { readKeySet } from './key-set.js';
/** All that is wrong with the file, `file:line what`. */
export class ClientsFaultsError extends Error {
    faults;
    constructor(faults) {
        super(faults.join('\n'));
        this.faults = faults;
        this.name = 'ClientsFaultsError';
    }
}
/**
 * @param path as the operator has given it; faults repeat it
 * @throws ClientsFaultsError
 */
export function loadClients(path) {
    const yaml = parseYaml(path, textOf(path));
    const { value, faults } = shapeOf(yaml, clientsForm);
    if (value === undefined)
        throw faultsError(faults);
    const read = value.clients.map((entry, index) => readClient(entry, index, yaml));
    const all = [...repeated(value.clients, yaml), ...read.flatMap(({ faults: own }) => own)];
    if (all.length > 0)
        throw faultsError(all);
    return read.map(({ client }) => client);
}
function textOf(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch (error) {
        const { code } = error;
        throw new ClientsFaultsError([`CLIENTS_FILE: ${path} cannot be read (${code ?? 'unknown'})`]);
    }
}
function faultsError(faults) {
    const sorted = [...faults].sort((a, b) => a.line - b.line);
    return new ClientsFaultsError(sorted.map(({ file, line, message }) => `${file}:${line} ${message}`));
}
/** Keys are looked up by issuer alone, and the log tells clients apart by name. */
function repeated(clients, yaml) {
    return ['name', 'iss'].flatMap((field) => clients.flatMap((client, index) => {
        const first = clients.findIndex((other) => other[field] === client[field]);
        if (first === index)
            return [];
        const line = yaml.lineOf(['clients', first, field]);
        return [
            faultAt(yaml, [index, field], `expected each client to have its own; line ${line} has the same`),
        ];
    }));
}
function readClient(entry, index, yaml) {
    const { jwks: _, jwksUrl: __, tenants, rate, repeatDays, ...rest } = entry;
    const { keys, faults } = keyPlace(entry, index, yaml);
    const client = { ...rest, tenants, rate, repeatDays, keys };
    return { client, faults };
}
function keyPlace({ jwksUrl, jwks, algorithms }, index, yaml) {
    const none = { is: 'inline', keys: new Map() };
    if ((jwksUrl === undefined) === (jwks === undefined)) {
        return { keys: none, faults: [faultAt(yaml, [index], 'expected either jwksUrl or jwks')] };
    }
    if (jwksUrl !== undefined)
        return { keys: { is: 'at', url: jwksUrl }, faults: [] };
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
function faultAt(yaml, steps, message) {
    const path = ['clients', ...steps];
    return { file: yaml.file, line: yaml.lineOf(path), message: `${path.join('.')}: ${message}` };
}
//# sourceMappingURL=clients-file.js.map