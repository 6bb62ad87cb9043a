/** Finds a member that stands twice in one object of a JSON text: parsers keep the last, others the first. */
/** Strings, and the brackets between them; other characters cannot change what belongs to what. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;
/** @param json text that `JSON.parse` takes */
export function hasDuplicateMembers(json) {
    const open = [];
    let isName = false;
    for (const [token] of json.matchAll(TOKEN)) {
        if (token === '{' || token === '[') {
            open.push(token === '{' ? new Set() : undefined);
            isName = token === '{';
        }
        else if (token === '}' || token === ']') {
            open.pop();
            isName = false;
        }
        else if (token === ',')
            isName = open.at(-1) !== undefined;
        else if (token === ':')
            isName = false;
        else if (isName) {
            const names = open.at(-1);
            const name = JSON.parse(token);
            if (names?.has(name) === true)
                return true;
            names?.add(name);
        }
    }
    return false;
}
//# sourceMappingURL=duplicate-members.js.map