/** The FHIR versions this service reads, sets of them, and the names they are called by. */
export const DSTU2 = 1;
export const STU3 = 2;
export const R4 = 4;
export const R5 = 8;
export const ANY = DSTU2 | STU3 | R4 | R5;
export const NONE = 0;
export const FROM_STU3 = STU3 | R4 | R5;
export const UNTIL_STU3 = DSTU2 | STU3;
export const FROM_R4 = R4 | R5;
export const UNTIL_R4 = DSTU2 | STU3 | R4;
/** In order of preference: what fits several versions is read as the first of them. */
const PREFERRED = [
    ['R4', R4],
    ['R5', R5],
    ['STU3', STU3],
    ['DSTU2', DSTU2],
];
const BITS = { DSTU2, STU3, R4, R5 };
const NAMES = [
    ['DSTU2', /^(fhir ?)?(dstu ?2|r2|1\.0(\.\d+)?)$/],
    ['STU3', /^(fhir ?)?(d?stu ?3|r3|3\.0(\.\d+)?)$/],
    ['R4', /^(fhir ?)?(r4b?|4\.[0-3](\.\d+)?)$/],
    ['R5', /^(fhir ?)?(r5|5\.0(\.\d+)?)$/],
];
export function holds(versions, version) {
    return (versions & BITS[version]) !== 0;
}
/** The set of one version. */
export function only(version) {
    return BITS[version];
}
/** The members of a set, the preferred one first. */
export function membersOf(versions) {
    return PREFERRED.filter(([, bit]) => (versions & bit) !== 0).map(([version]) => version);
}
/** The version a client means by `R4`, `4.0.1`, `STU3` and the like; undefined for one that is not read here. */
export function versionNamed(name) {
    const plain = name.trim().toLowerCase();
    return NAMES.find(([, names]) => names.test(plain))?.[0];
}
//# sourceMappingURL=fhir-version.js.map