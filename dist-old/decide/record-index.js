/** The record of one call, reachable by drug, problem and laboratory group, so that a fact is handed only what concerns it. */
import { drugsNamed } from '../library/argument.js';
import { coursesOf } from '../record/course.js';
import { inDays, instantMinus } from './calendar.js';
import { listedAsOrder, stopsAtDischarge, stopsOf } from './stops.js';
function groupsOf(record, { codes }) {
    return {
        medications: once(() => groupBy(record.medications, (entry) => entry.identity.drugs)),
        unresolved: once(() => record.medications.filter((entry) => entry.identity.unresolved)),
        problems: once(() => groupBy(record.problems, (problem) => codes.problemsOf(problem.code))),
        results: once(() => groupBy(record.observations, (result) => codes.labsOf(result.code))),
    };
}
export function indexRecord(record, terms, hook, groups = groupsOf(record, terms)) {
    const entries = once(() => entriesOf(record));
    const stops = once(() => (hook === 'encounter-discharge' ? stopsAtDischarge(record) : stopsOf(record)));
    const taken = once(() => record.medications.map(listedAsOrder));
    const orders = once(() => record.drafts.filter((draft) => draft.judged && !draft.stop));
    const drafted = once(() => new Set(record.drafts.flatMap(({ identity }) => identity.drugs)));
    const medicationsOf = (drugs) => fromGroups(groups.medications(), drugs);
    return {
        record,
        codes: terms.codes,
        hook,
        ordersOf: ofDrugs(orders, terms),
        stopsOf: ofDrugs(stops, terms),
        takenOf: ofDrugs(taken, terms),
        medicationsOf,
        names: (drugs) => drugs.some((drug) => groups.medications().has(drug)) || drugs.some((drug) => drafted().has(drug)),
        unresolved: groups.unresolved,
        stops,
        taken,
        problemsOf: (problems) => fromGroups(groups.problems(), problems),
        resultsOf: (lab) => groups.results().get(lab) ?? [],
        identityOf: (resource) => entries().get(resource)?.identity,
        coursesOf: coursesIn(record, medicationsOf),
        instantMinus: instantsBefore(record.now),
        withDrafts: (drafts) => indexRecord({ ...record, drafts }, terms, hook, groups),
    };
}
/** The same few sums are asked for by many facts. */
function instantsBefore(now) {
    const known = new Map();
    return (duration) => {
        const days = inDays(duration);
        const instant = known.get(days) ?? instantMinus(now, duration);
        known.set(days, instant);
        return instant;
    };
}
/** Those of a drug or class, found once a call. */
function ofDrugs(all, { vocabulary }) {
    const known = new Map();
    return (name) => {
        const before = known.get(name);
        if (before !== undefined)
            return before;
        const drugs = drugsNamed(name, vocabulary);
        const found = all().filter(({ identity }) => identity.drugs.some((drug) => drugs.includes(drug)));
        known.set(name, found);
        return found;
    };
}
/** Nearly all of what is asked for is in none of the groups. */
function fromGroups(groups, names) {
    let found;
    for (const name of names) {
        const group = groups.get(name);
        if (group !== undefined)
            found = found === undefined ? group : [...new Set([...found, ...group])];
    }
    return found ?? [];
}
/** Many orders ask for the courses of the same few drugs. */
function coursesIn({ drafts, today }, listedOf) {
    const known = new Map();
    return (drugs) => {
        const key = drugs.join('|');
        const before = known.get(key);
        if (before !== undefined)
            return before;
        const listed = listedOf(drugs);
        const older = drafts
            .filter(({ identity }) => identity.drugs.some((drug) => drugs.includes(drug)))
            .flatMap(({ supersedes }) => (supersedes === undefined ? [] : [{ resource: supersedes }]));
        const courses = coursesOf([...listed, ...older], today);
        known.set(key, courses);
        return courses;
    };
}
function entriesOf(record) {
    const entries = [
        ...record.medications,
        ...record.drafts,
        ...record.allergies,
    ];
    return new Map(entries.map((entry) => [entry.resource, entry]));
}
function groupBy(items, namesOf) {
    const groups = new Map();
    for (const item of items) {
        for (const name of namesOf(item)) {
            const group = groups.get(name);
            if (group === undefined)
                groups.set(name, [item]);
            else
                group.push(item);
        }
    }
    return groups;
}
/** Computed at the first need only: an out-of-scope order pays for nothing. */
function once(make) {
    let made;
    return () => {
        made ??= { value: make() };
        return made.value;
    };
}
//# sourceMappingURL=record-index.js.map