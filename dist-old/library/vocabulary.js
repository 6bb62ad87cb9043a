/** The vocabulary files of `cards/vocabulary` as values: what a drug, a problem and a laboratory group mean in codes. */
export {};
//# sourceMappingURL=vocabulary.js.map