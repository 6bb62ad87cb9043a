/** Checks the addresses of a name at the moment of connecting, so that no later answer of the name server counts. */
import { lookup } from 'node:dns';
import { mayConnect } from '../../addresses.js';
/** In place of the system's lookup; all addresses of a name must be allowed ones. */
export const checkedLookup = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
        const [first] = addresses ?? [];
        if (error !== null || first === undefined) {
            callback(error ?? new Error('the name has no address'), '');
        }
        else if (!addresses.every(({ address }) => mayConnect(hostname, address))) {
            callback(new Error('the name leads to an address that is not allowed'), '');
        }
        else if (options.all === true) {
            callback(null, addresses);
        }
        else {
            callback(null, first.address, first.family);
        }
    });
};
//# sourceMappingURL=lookup.js.map