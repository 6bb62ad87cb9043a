/** Where an element stands in FHIR, and what its parts are called and of which type: the model of fhirpath.js, read once. */
const primitives = new Set(('base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string time ' +
    'unsignedInt uri url uuid').split(' '));
const dates = new Set(['date', 'dateTime', 'instant', 'time']);
const days = new Set(['date', 'dateTime']);
/** Resource type → its place; each place is made once. */
export function createPlaces(model) {
    const known = new Map();
    const placeAt = (path, type) => {
        const key = `${path}|${type}`;
        const place = known.get(key) ?? createPlace(path, type, model, placeAt);
        known.set(key, place);
        return place;
    };
    return (resourceType) => placeAt(resourceType, resourceType);
}
function createPlace(path, type, model, placeAt) {
    const parts = new Map();
    const ofTypes = new Map();
    return {
        isPrimitive: primitives.has(type) || type.startsWith('System.'),
        isDate: dates.has(path),
        isDay: days.has(path),
        part(name) {
            if (!parts.has(name))
                parts.set(name, isA(type, name, model) ? undefined : partOf(path, name, model, placeAt));
            return parts.get(name);
        },
        isOfType(wanted) {
            const before = ofTypes.get(wanted);
            if (before !== undefined)
                return before;
            const is = isA(type, wanted, model);
            ofTypes.set(wanted, is);
            return is;
        },
    };
}
/** Of the type, or of one that it is a kind of. */
function isA(type, wanted, { type2Parent }) {
    for (let at = type; at !== undefined; at = type2Parent[at])
        if (at === wanted)
            return true;
    return false;
}
function partOf(parent, name, model, placeAt) {
    const written = `${parent}.${name}`;
    const path = model.pathsDefinedElsewhere[written] ?? written;
    const types = model.choiceTypePaths[path];
    const named = (suffix) => {
        const type = model.path2Type[path + suffix];
        const known = type === undefined
            ? undefined
            : placeAt(model.path2TypeWithoutElements[path + suffix] ?? path + suffix, type);
        return { name: name + suffix, shadow: `_${name}${suffix}`, place: known };
    };
    return types === undefined
        ? { names: [named('')], isChoice: false }
        : { names: types.map(named), isChoice: true };
}
//# sourceMappingURL=places.js.map