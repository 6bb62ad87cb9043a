/** The one open database of the process: opened when it is first needed, and again when it was lost. */
import { openDatabase } from './database.js';
export function createConnection(databaseUrl, open = openDatabase) {
    let opening;
    const drop = async () => {
        const old = opening;
        opening = undefined;
        await old?.then((database) => database.close()).catch(() => undefined);
    };
    const get = async () => {
        if (opening !== undefined && (await opening).isSpoilt())
            await drop();
        if (opening === undefined) {
            const made = open(databaseUrl);
            opening = made;
            made.catch(() => {
                if (opening === made)
                    opening = undefined;
            });
        }
        return opening;
    };
    return { get, drop };
}
//# sourceMappingURL=connection.js.map