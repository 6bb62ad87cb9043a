/** Metrics of all workers together, whichever of them is asked: the process that looks after them collects them. */

import cluster from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';
import { ServiceError } from '../errors.js';

/** What a worker and the first process say to each other. */
export interface MetricsMessage {
  readonly about: 'rx-distinct metrics';
  /** The answer; absent in the question. */
  readonly text?: string;
  /** Some worker did not answer: figures without it would look like all. */
  readonly isFailed?: boolean;
}

export function isMetricsMessage(message: unknown): message is MetricsMessage {
  return (message as Partial<MetricsMessage> | null)?.about === 'rx-distinct metrics';
}

/**
 * @param register of this process
 * @returns rejects with ServiceError `unavailable` when some worker does not answer
 */
export function metricsOfAll(register: Registry): () => Promise<string> {
  if (!cluster.isWorker) return () => register.metrics();
  AggregatorRegistry.setRegistries(register);
  // Makes this worker answer the process that collects.
  const { contentType: _ } = new AggregatorRegistry();
  return () =>
    new Promise((resolve, reject) => {
      const take = (message: unknown): void => {
        if (!isMetricsMessage(message)) return;
        process.off('message', take);
        if (message.isFailed !== true) resolve(message.text ?? '');
        else reject(new ServiceError('unavailable', 'Some process did not tell its figures in time.'));
      };
      process.on('message', take);
      process.send?.({ about: 'rx-distinct metrics' } satisfies MetricsMessage);
    });
}
