/** When a course of a medication began and ended, and how long it lasts. "Cannot say" is undefined, never a guess. */

import { flatMap } from '../flat-map.js';
import { greatest } from '../greatest.js';
import { amountOf } from './amount.js';
import { dateOf, daysBetween, firstDayOf, lastDayOf, partialDateOf, plusDays } from './calendar-date.js';
import { dailyUnits, strengthOf } from './dose.js';
import { daysOf } from './duration.js';
import { figureOf } from './figure.js';
import type { MedicationResource } from './record.js';
import { boundsOf, instructionsOf, repeatOf, stepsOf } from './steps.js';
import { elementsOf, numberOf, type Part, partOf, stringOf } from '../untrusted.js';

/**
 * Days an order covers: `expectedSupplyDuration` (of a dispense `daysSupply`) with its refills, else the bounds of the
 * dosage (successive steps added), else quantity with its refills divided by what is taken a day. A part of a day
 * counts as a day.
 */
export function coveredDays(
  order: MedicationResource,
  product: string | undefined,
  medication?: unknown,
): number | undefined {
  const days = daysSupplied(order) ?? boundedDays(order) ?? quantityDays(order, product, medication);
  return days === undefined ? undefined : figureOf(Math.ceil(Math.round(days * 1e6) / 1e6));
}

/** Reads a date as far as it is wanted: whole days, or years and months. */
type ReadDate = (value: unknown) => string | undefined;

/**
 * First day: start of the dosage's `boundsPeriod` (the earliest), of `effectivePeriod` or of `validityPeriod`, else
 * `effectiveDateTime`, else the day it was handed over or prepared, else `authoredOn`. A year or a month where none of
 * these is a whole day.
 */
export function since(resource: MedicationResource): string | undefined {
  return startBy(dateOf, resource) ?? startBy(partialDateOf, resource);
}

function startBy(read: ReadDate, resource: MedicationResource): string | undefined {
  const part = elementsOf(resource);
  return writtenStart(resource, read) ?? suppliedOn(part, read) ?? read(part['authoredOn']);
}

/** The first day as it is written, whatever the day of the writing or of the supply. */
export function writtenStart(resource: MedicationResource, read: ReadDate = dateOf): string | undefined {
  const part = elementsOf(resource);
  const starts = flatMap(
    instructionsOf(resource),
    (instruction) => read(boundsOf(instruction)?.['start']) ?? [],
  );
  return (
    earliest(starts) ??
    flatMap(periodsOf(part), (period) => read(period['start']) ?? [])[0] ??
    read(part['effectiveDateTime'])
  );
}

/**
 * Last day: end of the dosage's `boundsPeriod` (the latest), of `effectivePeriod` or of `validityPeriod`; of an
 * administration at one moment its day; else the day of supply, or `authoredOn`, plus the days supplied; else a year or a
 * month, where an end is written so. An entry that is over although its end, so read, lies after `today` ended on an
 * unknown day.
 */
export function until(resource: MedicationResource, today: string): string | undefined {
  const part = elementsOf(resource);
  const end =
    endBy(dateOf, resource) ??
    momentBy(dateOf, part) ??
    endOfSupply(resource, part) ??
    endBy(partialDateOf, resource) ??
    momentBy(partialDateOf, part);
  if (end === undefined || end <= today) return end;
  // A dispense is completed when it is handed over; what it supplies goes on.
  return part['resourceType'] === 'MedicationDispense' || goesOn(resource) ? end : undefined;
}

/** The last day as it is written, a year or a month where it is no whole day, whatever was supplied. */
export function writtenEnd(resource: MedicationResource): string | undefined {
  return endBy(dateOf, resource) ?? endBy(partialDateOf, resource);
}

function endBy(read: ReadDate, resource: MedicationResource): string | undefined {
  const part = elementsOf(resource);
  const changed = part['status'] === 'stopped' ? read(part['statusChanged']) : undefined;
  return changed ?? endOfPeriods(resource, part, read);
}

function momentBy(read: ReadDate, part: Part): string | undefined {
  return part['resourceType'] === 'MedicationAdministration' ? read(part['effectiveDateTime']) : undefined;
}

const GOES_ON: readonly unknown[] = ['active', 'in-progress', 'recorded'];

/** Whether its recorded status says that it goes on. */
export function goesOn(resource: MedicationResource): boolean {
  return GOES_ON.includes(resource.status);
}

/**
 * Whether an order or statement may have been taken on or after `from`, for all that is known of when it was stopped or put on
 * hold: what was written last before that day says no more of it.
 */
export function mayReach(from: string, resource: MedicationResource): boolean {
  const isOrdered =
    resource.resourceType === 'MedicationRequest' || resource.resourceType === 'MedicationStatement';
  const written = dateOf(resource.meta?.lastUpdated);
  return isOrdered && (written === undefined || written >= from);
}

function daysSupplied(order: MedicationResource): number | undefined {
  const part = elementsOf(order);
  const request = partOf(part['dispenseRequest']);
  const days = daysOf(request?.['expectedSupplyDuration']) ?? daysHandedOver(partOf(part['daysSupply']));
  return days === undefined ? undefined : withRefills(days, request);
}

/** Of years and months the one that may have begun first. */
function earliest(dates: readonly string[]): string | undefined {
  let first: string | undefined;
  for (const date of dates) if (first === undefined || firstDayOf(date) < firstDayOf(first)) first = date;
  return first;
}

/** Of years and months the one that may have ended last. */
function latest(dates: readonly string[]): string | undefined {
  let last: string | undefined;
  for (const date of dates) if (last === undefined || lastDayOf(date) > lastDayOf(last)) last = date;
  return last;
}

/** Of a dispense: its name says the unit when the quantity does not. */
function daysHandedOver(supply: Part | undefined): number | undefined {
  return daysOf(supply !== undefined && isBare(supply) ? { ...supply, unit: 'd' } : supply);
}

/** A number without a unit. */
function isBare(quantity: Part): boolean {
  return stringOf(quantity['unit']) === undefined && stringOf(quantity['code']) === undefined;
}

function withRefills(days: number, request: Part | undefined): number {
  const refills = numberOf(request?.['numberOfRepeatsAllowed']) ?? 0;
  return days * (1 + Math.max(refills, 0));
}

function boundedDays(order: MedicationResource): number | undefined {
  const steps = stepsOf(order).map((step) => step.map(daysOfBounds));
  const days = steps.map((step) =>
    step.includes(undefined) ? undefined : greatest(step.map((one) => one ?? 0)),
  );
  if (days.length === 0 || days.includes(undefined)) return undefined;
  return days.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** Days that the bounds of an instruction say; of a range the longer end. */
export function daysOfBounds(instruction: Part): number | undefined {
  const repeat = repeatOf(instruction);
  const duration = daysOf(repeat?.['boundsDuration']) ?? daysOf(partOf(repeat?.['boundsRange'])?.['high']);
  const [start, end] = [dateOf(boundsOf(instruction)?.['start']), dateOf(boundsOf(instruction)?.['end'])];
  const between = start === undefined || end === undefined ? undefined : daysBetween(start, end);
  return duration ?? (between === undefined || between < 0 ? undefined : between + 1);
}

/** Days that the amount ordered lasts with its refills at what is taken a day, whatever else says how long. */
export function quantityDays(
  order: MedicationResource,
  product: string | undefined,
  medication?: unknown,
): number | undefined {
  const part = elementsOf(order);
  const request = partOf(part['dispenseRequest']);
  const supplied = partOf(request?.['quantity'] ?? part['quantity']);
  if (supplied === undefined) return undefined;
  // A bare count of a product that is measured in pieces counts these.
  const isInPieces = isBare(supplied) && strengthOf(order, product, medication)?.per === 'piece';
  const quantity = amountOf(isInPieces ? { ...supplied, unit: 'piece' } : supplied);
  if (quantity === undefined || quantity.kind === 'mcg') return undefined;
  const daily = dailyUnits(order, quantity.kind, product, medication);
  return daily === undefined || daily <= 0 ? undefined : withRefills(quantity.value / daily, request);
}

/** `effectivePeriod`, R5 `effectiveDosePeriod` and `validityPeriod`, in this order. */
function periodsOf(part: Part): readonly Part[] {
  const request = partOf(part['dispenseRequest']);
  const periods = [part['effectivePeriod'], part['effectiveDosePeriod'], request?.['validityPeriod']];
  return periods.map(partOf).filter((period) => period !== undefined);
}

/** Where several steps have bounds, all of them must end; an open one leaves the end unknown. */
function endOfPeriods(resource: MedicationResource, part: Part, read: ReadDate): string | undefined {
  const bounds = instructionsOf(resource)
    .map(boundsOf)
    .filter((period) => period !== undefined);
  const ends = flatMap(bounds, (period) => read(period['end']) ?? []);
  const last = ends.length === bounds.length ? latest(ends) : undefined;
  return last ?? flatMap(periodsOf(part), (period) => read(period['end']) ?? [])[0];
}

function endOfSupply(resource: MedicationResource, part: Part): string | undefined {
  const start = suppliedOn(part, dateOf) ?? dateOf(part['authoredOn']);
  const days = coveredDays(resource, undefined);
  return start === undefined || days === undefined ? undefined : plusDays(start, days);
}

function suppliedOn(part: Part, read: ReadDate): string | undefined {
  return read(stringOf(part['whenHandedOver']) ?? part['whenPrepared']);
}
