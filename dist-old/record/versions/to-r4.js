/** One resource of a known FHIR version in the shape of R4, with what it contains. */
import { partOf } from '../../untrusted.js';
import { readersOfDstu2 } from './from-dstu2.js';
import { readersOfR5 } from './from-r5.js';
import { readersOfStu3 } from './from-stu3.js';
const READERS = {
    DSTU2: readersOfDstu2,
    STU3: readersOfStu3,
    R5: readersOfR5,
};
/** @param today day of the call, `YYYY-MM-DD`: what a period of R5 says of an entry depends on it */
export function toR4(resource, version, today) {
    if (version === 'R4')
        return resource;
    const type = resource['resourceType'];
    const read = typeof type === 'string' ? READERS[version].get(type) : undefined;
    const brought = read?.(resource, today) ?? resource;
    if (!Array.isArray(brought['contained']))
        return brought;
    const contained = brought['contained'];
    return {
        ...brought,
        contained: contained.map((one) => {
            const part = partOf(one);
            // FHIR forbids contained resources to contain others: what they hold is not looked at.
            return part === undefined || part['contained'] !== undefined ? one : toR4(part, version, today);
        }),
    };
}
//# sourceMappingURL=to-r4.js.map