/** Where the process begins: reads the configuration, and starts the service or those that are to be it. */

import { startIsOver } from './v8-flags.js';
import { pino } from 'pino';
import { loadConfig } from './config.js';
import { loggable } from './log.js';
import { logLines } from './log-lines.js';
import { isSupervisor, supervise, supervisorPid, tellReady } from './workers.js';

/** Faults of the operator's making are told one a line, without a stack. */
function refuse(error: unknown): never {
  const faults =
    error instanceof Error && 'faults' in error && Array.isArray(error.faults) ? error.faults : [error];
  for (const fault of faults) {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  }
  process.exit(1);
}

try {
  const config = loadConfig(process.env);
  const log = pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { log: loggable },
    },
    logLines(),
  );
  if (isSupervisor(config.workers)) supervise(config.workers, log);
  else {
    // Not before: neither a supervisor nor a refusal needs any of it.
    const { start } = await import('./service.js');
    // `journal verify --log` needs some lines at every LOG_LEVEL.
    const evidence = log.child({}, { level: 'info' });
    await start(config, { log, evidence, supervisor: supervisorPid() });
    tellReady();
  }
  startIsOver();
} catch (error) {
  refuse(error);
}
