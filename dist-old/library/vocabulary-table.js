/** Comma-separated tables of `cards/vocabulary`: rows with their line, faults instead of exceptions. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { missing } from './fault.js';
/** Reads a table whose first line is `header`; a row with another number of cells is a fault and left out. */
export function readTable(cardsDir, file, header) {
    const path = join(cardsDir, file);
    const expected = header.join(',');
    if (!existsSync(path))
        return { rows: [], faults: [missing(file)] };
    const lines = readFileSync(path, 'utf8').split(/\r?\n/);
    if (lines[0] !== expected) {
        const message = `expected the first line "${expected}", found "${lines[0]}"`;
        return { rows: [], faults: [{ file, line: 1, message }] };
    }
    const rows = [];
    const faults = [];
    for (const [index, text] of lines.entries()) {
        if (index === 0 || text === '')
            continue;
        const line = index + 1;
        const cells = text.includes('"') ? quotedCells(text) : text.split(',');
        if (cells?.length === header.length)
            rows.push({ line, cells: byColumn(header, cells) });
        else
            faults.push({ file, line, message: wrongCells(header.length, cells) });
    }
    return { rows, faults };
}
function byColumn(header, cells) {
    return Object.fromEntries(header.map((column, at) => [column, cells[at]]));
}
function wrongCells(expected, cells) {
    if (cells === undefined)
        return 'has a quote that is not closed; write "" for a quote inside quotes';
    return `expected ${expected} cells, found ${cells.length}; put a cell that holds a comma in quotes`;
}
/** The cells of a line with quotes; undefined when a quote stays open or does not stand around a whole cell. */
function quotedCells(text) {
    const { data, errors } = Papa.parse(text, { delimiter: ',', newline: '\n' });
    return errors.length > 0 ? undefined : data[0];
}
//# sourceMappingURL=vocabulary-table.js.map