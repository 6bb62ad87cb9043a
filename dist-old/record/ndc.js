/** National Drug Codes in the forms they are sent in, as the 11 digits of the package table. */
/** How the three parts of a 10-digit code are cut, and which part lacks its zero. */
const CUTS = [
    [4, 4, 2],
    [5, 3, 2],
    [5, 4, 1],
];
/**
 * The 11-digit codes that a code may stand for: one when it is written with hyphens or with 11 digits,
 * three for 10 digits without hyphens (nothing tells where the zero is missing), none for anything else.
 */
export function elevenDigits(code) {
    const parts = code.trim().split('-');
    if (!parts.every((part) => /^\d+$/.test(part)))
        return [];
    const [only = '', ...more] = parts;
    if (more.length > 0)
        return parts.length === 3 && isCut(parts) ? [padded(parts)] : [];
    if (only.length === 11)
        return [only];
    if (only.length !== 10)
        return [];
    return CUTS.map(([first, second]) => padded([only.slice(0, first), only.slice(first, first + second), only.slice(first + second)]));
}
function isCut(parts) {
    const lengths = parts.map((part) => part.length).join('-');
    return lengths === '5-4-2' || CUTS.some((cut) => cut.join('-') === lengths);
}
function padded([first = '', second = '', third = '']) {
    return first.padStart(5, '0') + second.padStart(4, '0') + third.padStart(2, '0');
}
//# sourceMappingURL=ndc.js.map