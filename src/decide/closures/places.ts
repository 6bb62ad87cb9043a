/** Where an element stands in FHIR, and what its parts are called and of which type: the model of fhirpath.js, read once. */

/** The parts of fhirpath.js's model that tell types (its `fhir-context`). */
export interface TypeModel {
  readonly choiceTypePaths: Readonly<Record<string, readonly string[]>>;
  readonly pathsDefinedElsewhere: Readonly<Record<string, string>>;
  readonly path2Type: Readonly<Record<string, string>>;
  readonly path2TypeWithoutElements: Readonly<Record<string, string>>;
  readonly type2Parent: Readonly<Record<string, string>>;
}

/** One name a part may stand under in JSON. */
export interface Named {
  readonly name: string;
  /** Member with the id and extensions of a primitive. */
  readonly shadow: string;
  /** Undefined where FHIR knows no such part. */
  readonly place: Place | undefined;
}

export interface Part {
  readonly names: readonly Named[];
  /** `value[x]`: the type is told by the name. */
  readonly isChoice: boolean;
}

export interface Place {
  readonly isPrimitive: boolean;
  /** Of a type that FHIRPath makes dates, times or instants of. */
  readonly isDate: boolean;
  /** Whether it is compared as a day when it is written as one. */
  readonly isDay: boolean;
  /** Undefined when the name could also be that of a type. */
  part(name: string): Part | undefined;
  isOfType(type: string): boolean;
}

const primitives: ReadonlySet<string> = new Set(
  (
    'base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string time ' +
    'unsignedInt uri url uuid'
  ).split(' '),
);
const dates: ReadonlySet<string> = new Set(['date', 'dateTime', 'instant', 'time']);
const days: ReadonlySet<string> = new Set(['date', 'dateTime']);

/** Undefined for a type that FHIR does not know. */
export type PlaceOf = (resourceType: string) => Place | undefined;

/**
 * Resource type → its place; each place is made once. Records say what their resources are called: what is kept of a type
 * that somebody made up would be kept for ever.
 */
export function createPlaces(model: TypeModel): PlaceOf {
  const known = new Map<string, Place>();
  const placeAt = (path: string, type: string): Place => {
    const key = `${path}|${type}`;
    const place = known.get(key) ?? createPlace(path, type, model, placeAt);
    known.set(key, place);
    return place;
  };
  const roots = new Map<string, Place>();
  return (resourceType) => {
    const before = roots.get(resourceType);
    if (before !== undefined) return before;
    if (!Object.hasOwn(model.type2Parent, resourceType)) return undefined;
    const root = placeAt(resourceType, resourceType);
    roots.set(resourceType, root);
    return root;
  };
}

function createPlace(
  path: string,
  type: string,
  model: TypeModel,
  placeAt: (path: string, type: string) => Place,
): Place {
  const parts = new Map<string, Part | undefined>();
  const ofTypes = new Map<string, boolean>();
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
      if (before !== undefined) return before;
      const is = isA(type, wanted, model);
      ofTypes.set(wanted, is);
      return is;
    },
  };
}

/** Of the type, or of one that it is a kind of. */
function isA(type: string, wanted: string, { type2Parent }: TypeModel): boolean {
  for (let at: string | undefined = type; at !== undefined; at = type2Parent[at])
    if (at === wanted) return true;
  return false;
}

function partOf(
  parent: string,
  name: string,
  model: TypeModel,
  placeAt: (path: string, type: string) => Place,
): Part {
  const written = `${parent}.${name}`;
  const path = model.pathsDefinedElsewhere[written] ?? written;
  const types = model.choiceTypePaths[path];
  const named = (suffix: string): Named => {
    const type = model.path2Type[path + suffix];
    const known =
      type === undefined
        ? undefined
        : placeAt(model.path2TypeWithoutElements[path + suffix] ?? path + suffix, type);
    return { name: name + suffix, shadow: `_${name}${suffix}`, place: known };
  };
  return types === undefined
    ? { names: [named('')], isChoice: false }
    : { names: types.map(named), isChoice: true };
}
