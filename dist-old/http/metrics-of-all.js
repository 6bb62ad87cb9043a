/** Metrics of all workers together, whichever of them is asked: the process that looks after them collects them. */
import cluster from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
export function isMetricsMessage(message) {
    return message?.about === 'rx-distinct metrics';
}
/** @param register of this process */
export function metricsOfAll(register) {
    if (!cluster.isWorker)
        return () => register.metrics();
    AggregatorRegistry.setRegistries(register);
    // Makes this worker answer the process that collects.
    const { contentType: _ } = new AggregatorRegistry();
    return () => new Promise((resolve) => {
        const take = (message) => {
            if (!isMetricsMessage(message))
                return;
            process.off('message', take);
            resolve(message.text ?? '');
        };
        process.on('message', take);
        process.send?.({ about: 'rx-distinct metrics' });
    });
}
//# sourceMappingURL=metrics-of-all.js.map