/** How many bytes the answers to all requests of one call may be together: what is parsed has to be paid for in time. */

export interface Room {
  readonly left: () => number;
  /** False, and nothing taken, when there is less left. */
  readonly take: (bytes: number) => boolean;
  /** What was taken for an answer that nobody reads. */
  readonly giveBack: (bytes: number) => void;
}

export function roomFor(most: number): Room {
  let left = most;
  return {
    left: () => left,
    take: (bytes) => {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    giveBack: (bytes) => {
      left += bytes;
    },
  };
}
