/** Three-valued answers: yes with its witnesses, no, or unknown with what was missing. */
export const no = { is: 'false' };
/** Yes, with nothing of the record to show for it. */
const plainYes = { is: 'true', witnesses: [] };
export function yes(witnesses) {
    return witnesses === undefined || witnesses.length === 0 ? plainYes : { is: 'true', witnesses };
}
/** True when both are; false decides before unknown. */
export function both(one, other) {
    if (one.is === 'false' || other.is === 'false')
        return no;
    if (one === plainYes)
        return other;
    if (other === plainYes)
        return one;
    if (one.is === 'true')
        return other.is === 'true' ? yes([...one.witnesses, ...other.witnesses]) : other;
    return other.is === 'true' ? one : { is: 'unknown', missing: [...one.missing, ...other.missing] };
}
/** True when all are; false decides before unknown, and what comes after it is not asked. */
export function allOf(questions, ask) {
    let all = plainYes;
    for (const question of questions) {
        all = both(all, ask(question));
        if (all.is === 'false')
            return no;
    }
    return all;
}
/** True when one is, with the witnesses of every true one; true decides before unknown. */
export function anyOf(answers) {
    const witnesses = [];
    const missing = [];
    let found = false;
    for (const answer of answers) {
        if (answer.is === 'true') {
            found = true;
            witnesses.push(...answer.witnesses);
        }
        else if (answer.is === 'unknown')
            missing.push(...answer.missing);
    }
    if (found)
        return yes(witnesses);
    return missing.length > 0 ? { is: 'unknown', missing } : no;
}
/** True when none is; the witnesses of a "no" are nobody's. What comes after a true one is not asked. */
export function noneOf(questions, ask) {
    const missing = [];
    for (const question of questions) {
        const answer = ask(question);
        if (answer.is === 'true')
            return no;
        if (answer.is === 'unknown')
            missing.push(...answer.missing);
    }
    return missing.length > 0 ? { is: 'unknown', missing } : yes();
}
//# sourceMappingURL=answer.js.map