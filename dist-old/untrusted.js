/** Reads parts of client JSON whose shape nobody has checked: a part of another shape is absent, never an exception. */
/** Whether it is an object; an array is none. */
export function isPart(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The object, or undefined for anything else (arrays included). */
export function partOf(value) {
    return isPart(value) ? value : undefined;
}
/** A resource as its elements, whatever its type says they are. */
export function elementsOf(resource) {
    return resource;
}
const NONE = [];
/** The objects of a list; a single object where a list belongs counts as a list of one (clients send it). */
export function partsOf(value) {
    if (isPart(value))
        return [value];
    return Array.isArray(value) ? value.filter(isPart) : NONE;
}
/** The string, unless it is blank. */
export function stringOf(value) {
    return isStated(value) ? value : undefined;
}
/** Most texts begin with no blank, and need not be trimmed. */
function isStated(value) {
    return typeof value === 'string' && (isGraphic(value.charCodeAt(0)) || value.trim() !== '');
}
/** Of ASCII; false for NaN, the first character of an empty text. */
function isGraphic(code) {
    return code > 0x20 && code < 0x7f;
}
/** The strings of a list; a single string counts as a list of one. */
export function stringsOf(value) {
    if (Array.isArray(value))
        return value.filter(isStated);
    return isStated(value) ? [value] : NONE;
}
export function numberOf(value) {
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
//# sourceMappingURL=untrusted.js.map