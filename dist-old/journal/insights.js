/** What became of the cards, by card and week: the figures that work on alert fatigue needs. */
import { setImmediate } from 'node:timers/promises';
import { weekOf } from './week.js';
const WEEK_MS = 7 * 86_400_000;
/**
 * @param weeks how many, the current one included
 * @throws Error of the driver while the store cannot be read
 */
export async function insights({ connection, drugsOf, clock }, weeks) {
    const now = clock();
    const asked = Array.from({ length: weeks }, (_, back) => weekOf(new Date(now.getTime() - (weeks - 1 - back) * WEEK_MS).toISOString()));
    const rows = await readRows(connection, asked);
    const topics = [...new Set(rows.counts.map(({ topic }) => topic))].sort();
    return {
        since: asked[0] ?? '',
        until: asked.at(-1) ?? '',
        calls: sum(rows.tallies.filter(({ name }) => name === 'calls')),
        orders: sum(rows.tallies.filter(({ name }) => name === 'orders')),
        cards: topics.map((topic) => cardFigures(topic, rows, drugsOf(topic))),
    };
}
/** Week by week and card by card, since SQLite holds up everything else while it reads. */
async function readRows(connection, weeks) {
    const { db } = await connection.get();
    const counts = [];
    const answers = [];
    for (const week of weeks) {
        const ofWeek = await db
            .selectFrom('issued')
            .select(['topic', 'week', 'outcome', 'reason', (eb) => eb.fn.countAll().as('count')])
            .where('week', '=', week)
            .groupBy(['topic', 'week', 'outcome', 'reason'])
            .execute();
        counts.push(...ofWeek.map((row) => ({ ...row, count: Number(row.count) })));
        const answered = ofWeek.filter(({ outcome }) => outcome !== null).map(({ topic }) => topic);
        for (const topic of new Set(answered)) {
            await setImmediate();
            answers.push(...(await answersTo(db, topic, week)));
        }
        await setImmediate();
    }
    const tallies = await db
        .selectFrom('tally')
        .selectAll()
        .where('week', 'in', [...weeks])
        .execute();
    return { counts, answers, tallies };
}
function answersTo(db, topic, week) {
    return db
        .selectFrom('issued')
        .select(['topic', 'week', 'at', 'outcome_at'])
        .where('week', '=', week)
        .where('topic', '=', topic)
        .where('outcome', 'is not', null)
        .execute();
}
function cardFigures(topic, rows, drugs) {
    const names = drugs === undefined ? undefined : new Set(drugs.map((drug) => `drug:${drug}`));
    const own = {
        counts: rows.counts.filter((row) => row.topic === topic),
        answers: rows.answers.filter((row) => row.topic === topic),
        tallies: rows.tallies.filter(({ name }) => names?.has(name) === true),
    };
    const weeks = [...new Set([...own.counts, ...own.tallies].map(({ week }) => week))].sort();
    return {
        topic,
        ...figures(own, names !== undefined),
        weeks: weeks.map((week) => ({ week, ...figures(inWeek(own, week), names !== undefined) })),
    };
}
function inWeek({ counts, answers, tallies }, week) {
    return {
        counts: counts.filter((row) => row.week === week),
        answers: answers.filter((row) => row.week === week),
        tallies: tallies.filter((row) => row.week === week),
    };
}
function figures({ counts, answers, tallies }, countsOrders) {
    const shown = sum(counts);
    const of = (outcome) => sum(counts.filter((row) => row.outcome === outcome));
    const orders = countsOrders ? sum(tallies) : null;
    return {
        shown,
        accepted: of('accepted'),
        overridden: of('overridden'),
        ignored: of(null),
        reasons: reasonsIn(counts),
        medianSeconds: median(answers.map(secondsBetween)),
        orders,
        per100Orders: orders === null || orders === 0 ? null : Math.round((1_000 * shown) / orders) / 10,
    };
}
function reasonsIn(counts) {
    const reasons = new Map();
    for (const { reason, count } of counts) {
        if (reason !== null && reason !== '')
            reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    }
    return Object.fromEntries([...reasons].sort(([a], [b]) => (a < b ? -1 : 1)));
}
/** Two clocks are compared: a client whose clock is behind has answered at once. */
function secondsBetween({ at, outcome_at: answered }) {
    return Math.max(0, (Date.parse(answered ?? at) - Date.parse(at)) / 1_000);
}
function median(values) {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length / 2;
    const low = sorted[Math.ceil(middle) - 1];
    const high = sorted[Math.floor(middle)];
    return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
}
function sum(rows) {
    return rows.reduce((total, { count }) => total + count, 0);
}
//# sourceMappingURL=insights.js.map