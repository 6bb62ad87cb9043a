/** The tables of the journal, the same in SQLite and PostgreSQL. */

/** All times are ISO 8601 in UTC, so that their order as text is their order in time. */
export interface Schema {
  /** One chain of entries for each process; its head tells how long it is. */
  readonly chain: {
    readonly id: string;
    readonly started: string;
    /** Which key its hashes were made with: never the key itself. */
    readonly key: string;
    readonly seq: number;
    readonly hash: string;
    /** The last entry that was removed because it was too old; 0 and empty when none was. */
    readonly base_seq: number;
    readonly base_hash: string;
  };
  /** What happened, each entry hashed together with the one before it. */
  readonly entry: {
    readonly chain: string;
    readonly seq: number;
    readonly at: string;
    readonly kind: string;
    /** JSON. */
    readonly body: string;
    readonly hash: string;
  };
  /** Each card given out, and the entry of its decision, which tells the rest. */
  readonly issued: {
    readonly uuid: string;
    readonly chain: string;
    readonly seq: number;
  };
  /** Each card that was answered, with the answer that counts: what figures and repeats are looked up by. */
  readonly answer: {
    /** Its uuid. */
    readonly card: string;
    /** The entry of its decision. */
    readonly chain: string;
    readonly seq: number;
    /** When it was given out. */
    readonly at: string;
    /** ISO 8601 week of that: `2026-W47`. */
    readonly week: string;
    readonly topic: string;
    readonly indicator: string;
    /** Names of `cards/vocabulary`, in alphabetical order, with commas between them. */
    readonly drugs: string;
    /** Keyed hashes; empty where the call named none. */
    readonly patient: string;
    readonly prescriber: string;
    readonly outcome: string;
    readonly outcome_at: string;
    readonly reason: string;
  };
  /** Each feedback once, however often it was sent. */
  readonly feedback: {
    readonly card: string;
    /** Keyed hash of all that was said. */
    readonly digest: string;
    readonly chain: string;
    readonly seq: number;
  };
  /** Counts of a week: `calls`, `orders`, `drug:<name>` for orders of a drug, `card:<topic>` for cards given out. */
  readonly tally: {
    readonly week: string;
    readonly name: string;
    readonly count: number;
  };
  /** Tokens that were used, until they expire (seconds since 1970). */
  readonly used_token: {
    readonly id: string;
    readonly exp: number;
  };
}
