/** Runs the tests of cards, facts and record in five time zones: no answer may depend on where the server stands. */
import { spawnSync } from 'node:child_process';

const zones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];
const tests = ['test/cards.test.ts', 'test/decide', 'test/record', 'test/contradictions.test.ts'];
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

for (const zone of zones) {
  console.log(`time zone ${zone}`);
  const { status } = spawnSync(process.execPath, [...jest, ...tests], {
    stdio: 'inherit',
    env: { ...process.env, TZ: zone },
  });
  if (status !== 0) {
    console.error(`the tests fail in ${zone}: run TZ=${zone} npm test -- ${tests.join(' ')}`);
    process.exit(1);
  }
}
