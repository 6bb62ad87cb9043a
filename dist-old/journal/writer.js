/** Writes entries to the store behind the answers, and never in their way. */
export {};
//# sourceMappingURL=writer.js.map