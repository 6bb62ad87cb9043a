/** How many bytes the answers to all requests of one call may be together: what is parsed has to be paid for in time. */
export function roomFor(most) {
    let left = most;
    return {
        left: () => left,
        take: (bytes) => {
            if (bytes > left)
                return false;
            left -= bytes;
            return true;
        },
        giveBack: (bytes) => {
            left += bytes;
        },
    };
}
//# sourceMappingURL=room.js.map