/** The one open database of the process: opened when it is first needed, and again when it was lost. */

import { type Database, openDatabase } from './database.js';

export interface Connection {
  /** @throws Error of the driver while it cannot be opened */
  get(): Promise<Database>;
  /** Closes it; the next use would open it again. */
  drop(): Promise<void>;
}

export function createConnection(
  databaseUrl: string,
  open: (databaseUrl: string) => Promise<Database> = openDatabase,
): Connection {
  let opening: Promise<Database> | undefined;
  const drop = async (): Promise<void> => {
    const old = opening;
    opening = undefined;
    await old?.then((database) => database.close()).catch(() => undefined);
  };
  const get = async (): Promise<Database> => {
    if (opening !== undefined && (await opening).isSpoilt()) await drop();
    if (opening === undefined) {
      const made = open(databaseUrl);
      opening = made;
      made.catch(() => {
        if (opening === made) opening = undefined;
      });
    }
    return opening;
  };
  return { get, drop };
}
