/** One registered client: who it is, which keys speak for it, and what its calls may reach. */
export {};
//# sourceMappingURL=client.js.map