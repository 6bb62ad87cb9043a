/** `WORKERS=n`: n processes on one port, each a whole service; all they share is in the store. */
import cluster, {} from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import { AggregatorRegistry } from 'prom-client';
import { isMetricsMessage } from './http/metrics-of-all.js';
/** Pause before a worker that has ended is started again. */
const RESTART_MS = 500;
/** True in the process that only looks after the others. */
export function isSupervisor(workers) {
    return workers > 1 && cluster.isPrimary;
}
/** Keeps so many workers running until a signal comes; ends with the first one when that cannot even start. */
export function supervise(workers, log) {
    const metrics = new AggregatorRegistry();
    let isStopping = false;
    let hasStarted = false;
    const fork = () => {
        const worker = cluster.fork();
        worker.on('message', (message) => {
            if (isMetricsMessage(message))
                void answer(worker, () => metrics.clusterMetrics());
        });
        worker.once('exit', (code) => {
            if (isStopping)
                return;
            // What is wrong with the configuration or the library is told once, by the first.
            if (!hasStarted)
                process.exit(code ?? 1);
            log.error({ code }, 'a worker ended; another one is started');
            void wait(RESTART_MS).then(() => isStopping || fork());
        });
        return worker;
    };
    fork().once('listening', () => {
        hasStarted = true;
        for (let count = 1; count < workers; count += 1)
            fork();
    });
    for (const signal of ['SIGTERM', 'SIGINT']) {
        process.once(signal, () => {
            isStopping = true;
            void stopAll().then(() => process.exit(0));
        });
    }
}
async function stopAll() {
    const running = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    await Promise.all(running.map(stop));
}
function stop(worker) {
    return new Promise((ended) => {
        worker.once('exit', () => ended());
        worker.process.kill('SIGTERM');
    });
}
async function answer(worker, collect) {
    const text = await collect().catch(() => '');
    if (worker.isConnected())
        worker.send({ about: 'rx-distinct metrics', text });
}
//# sourceMappingURL=workers.js.map