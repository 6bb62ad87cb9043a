/** The syntax tree of an expression, as fhirpath.js reads it. */
const wrappers = new Set([
    'EntireExpression',
    'TermExpression',
    'InvocationTerm',
    'ParenthesizedTerm',
]);
/** Without what only wraps it. */
export function termOf(syntax) {
    const [inner] = syntax.children ?? [];
    return wrappers.has(syntax.type) && inner !== undefined
        ? termOf(inner)
        : { ...syntax, children: syntax.children ?? [] };
}
/** The first name in it; delimited names are none that facts use. */
export function nameIn(syntax) {
    if (syntax === undefined)
        return '';
    return syntax.type === 'Identifier' ? (syntax.text ?? '') : nameIn(syntax.children?.[0]);
}
/** What a string literal says; escapes are for the interpreter. */
export function textIn({ text = '' }) {
    return text.includes('\\') ? undefined : [text.slice(1, -1)];
}
const conditions = new Set([
    'EqualityExpression',
    'InequalityExpression',
    'MembershipExpression',
    'AndExpression',
    'OrExpression',
]);
const conditionFunctions = new Set('exists empty not all startsWith endsWith contains'.split(' '));
/**
 * Whether it says true, false or nothing, whatever it is asked of: only such are taken for conditions.
 * @param table its functions that take a name say true or false
 */
export function isTruth(syntax, table) {
    if (syntax === undefined)
        return false;
    const { type, children } = termOf(syntax);
    if (conditions.has(type))
        return true;
    if (type === 'LiteralTerm')
        return children[0]?.type === 'BooleanLiteral';
    if (type === 'InvocationExpression')
        return isTruth(children.at(-1), table);
    if (type !== 'FunctionInvocation')
        return false;
    const name = nameIn(children[0]);
    return conditionFunctions.has(name) || (Object.hasOwn(table, name) && table[name]?.takes === 'a name');
}
//# sourceMappingURL=syntax.js.map