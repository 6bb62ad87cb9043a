/** How Jest runs: ES modules through swc, in a time zone far from UTC so that a use of the local clock shows. */

process.env.TZ ??= 'Pacific/Kiritimati';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Against tests that hang; how fast something is, no test asserts.
  testTimeout: 60_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: true,
      },
    ],
  },
  collectCoverageFrom: ['src/**/*.ts', '!src/main.ts'],
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
  coverageThreshold: {
    global: {},
    './src/decide/': { branches: 95 },
    './src/library/': { branches: 95 },
    './src/render/': { branches: 95 },
  },
};
