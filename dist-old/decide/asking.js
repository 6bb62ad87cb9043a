/** One question on its way through the engine: the fact, its arguments, and what it is asked of. */
export {};
//# sourceMappingURL=asking.js.map