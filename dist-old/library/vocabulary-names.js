/** Named lists whose members are names or earlier lists: classes of drugs, groups of problems. */
import { didYouMean } from './fault.js';
/** Every list of `key` with its member lists put in; an unknown or repeated member and a taken name are faults. */
export function namedLists(yaml, key, written, known) {
    const lists = new Map();
    const faults = [];
    for (const [name, members] of Object.entries(written)) {
        const fault = (message, ...path) => faults.push({ file: yaml.file, line: yaml.lineOf([key, name, ...path]), message });
        if (known.has(name))
            fault(`"${name}" is the name of one entry already; give the list another name`);
        const flat = new Set();
        for (const [index, member] of members.entries()) {
            const found = known.has(member) ? [member] : lists.get(member);
            if (found === undefined)
                fault(unknown(name, member, [...known, ...lists.keys()]), index);
            else if (found.every((one) => flat.has(one)))
                fault(`"${member}" is in "${name}" twice; keep one`, index);
            for (const one of found ?? [])
                flat.add(one);
        }
        lists.set(name, [...flat]);
    }
    return { lists, faults };
}
function unknown(list, member, known) {
    return `"${list}" names "${member}", which is not defined above${didYouMean(member, known)}`;
}
//# sourceMappingURL=vocabulary-names.js.map