/** The FHIR version of a call. CDS Hooks never states it (2.0, "Prefetch Template"): its resources tell. */

import type { HookRequest } from '../../cdshooks/protocol.js';
import type { FhirVersion } from './fhir-version.js';
import { survey } from './survey.js';

/**
 * `mixed` when resources, or they and the client's own word, contradict one another; `unknown` when some are of a
 * version that is not read here, or the client names one. R4 when nothing decides.
 */
export function detectVersion(request: HookRequest): FhirVersion | 'mixed' | 'unknown' {
  const { verdict, version } = survey(request);
  return verdict === 'one version' ? version : verdict;
}
