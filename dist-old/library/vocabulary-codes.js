/** The project's own table of codes and their verified names, against which every code of the vocabulary is held. */
import { didYouMean } from './fault.js';
import { readTable } from './vocabulary-table.js';
const FILE = 'vocabulary/codes.csv';
const SYSTEMS = ['rxnorm', 'atc', 'snomed', 'icd10cm', 'loinc'];
/** Reads `codes.csv`. */
export function readCodeTable(cardsDir) {
    const table = readTable(cardsDir, FILE, ['system', 'code', 'display']);
    const rows = new Map();
    const faults = [...table.faults];
    for (const { line, cells } of table.rows) {
        const { system, code, display } = cells;
        const key = `${system} ${code}`;
        const message = rowFault(system, key, rows);
        if (message === undefined)
            rows.set(key, { display, line, used: false });
        else
            faults.push({ file: FILE, line, message });
    }
    return {
        use: (system, { code, display }, yaml, path) => {
            const row = rows.get(`${system} ${code}`);
            const message = useFault(system, code, display, row);
            if (row !== undefined)
                row.used = true;
            if (message !== undefined)
                faults.push({ file: yaml.file, line: yaml.lineOf(path), message });
        },
        faults: (everythingRead) => [...faults, ...(everythingRead ? unused(rows) : [])],
    };
}
function rowFault(system, key, rows) {
    if (!SYSTEMS.includes(system)) {
        return `expected a system of ${SYSTEMS.join(', ')}, found "${system}"${didYouMean(system, SYSTEMS)}`;
    }
    const earlier = rows.get(key);
    return earlier === undefined ? undefined : `${key} stands on line ${earlier.line} already; keep one`;
}
function useFault(system, code, display, row) {
    if (row === undefined) {
        return `${system} ${code} (${display}) is not in codes.csv; verify the code and add it there`;
    }
    if (row.display === display)
        return undefined;
    return `${system} ${code} is "${row.display}", found "${display}"; check which code was meant`;
}
function unused(rows) {
    return [...rows]
        .filter(([, row]) => !row.used)
        .map(([key, row]) => ({
        file: FILE,
        line: row.line,
        message: `${key} is used by no card word; remove it`,
    }));
}
//# sourceMappingURL=vocabulary-codes.js.map