/** Whose a resource is. */

import type { FhirResource } from 'fhir/r4.js';
import { relative } from './references.js';
import { partOf, stringOf } from '../untrusted.js';

/** True only when the resource names a patient and that patient is another one. */
export function isOfAnother(resource: FhirResource, patientId: string): boolean {
  if (resource.resourceType === 'Patient') return resource.id !== undefined && resource.id !== patientId;
  const part = partOf(resource);
  const reference = stringOf((partOf(part?.['subject']) ?? partOf(part?.['patient']))?.['reference']);
  if (reference === undefined) return false;
  const [type, id] = relative(reference).split('/');
  return type === 'Patient' && id !== patientId;
}
