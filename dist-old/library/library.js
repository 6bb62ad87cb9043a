/** The card library as one value: vocabulary, facts, cards and what follows from them. The folder's public file. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { caseNames } from './case-names.js';
import { loadEvidence } from './evidence.js';
import { LibraryFaultsError, missing } from './fault.js';
import { loadCards } from './load-cards.js';
import { loadFacts } from './load-facts.js';
import { loadVocabulary } from './load-vocabulary.js';
import { loadPublisher } from './publisher.js';
import { loadService } from './service-cards.js';
import { loadVersions } from './versions.js';
/**
 * Reads the whole library below `cardsDir`.
 * @throws LibraryFaultsError with every fault of every file, and those that `check` finds in the loaded whole
 */
export function loadLibrary(cardsDir, check = () => []) {
    if (!existsSync(cardsDir))
        throw new LibraryFaultsError([missing(cardsDir)]);
    const { library, faults } = readLibrary(cardsDir);
    const all = [...faults, ...check(library)];
    if (all.length > 0)
        throw new LibraryFaultsError(all);
    return library;
}
/** What can be read of the library below `cardsDir`, with the faults of the rest. */
export function readLibrary(cardsDir) {
    const { vocabulary, faults: vocabularyFaults } = loadVocabulary(cardsDir);
    const { facts, faults: factFaults } = loadFacts(cardsDir);
    const { cards, faults: cardFaults } = loadCards(cardsDir, { facts, vocabulary });
    const { evidence, faults: evidenceFaults } = loadEvidence(cardsDir, cards);
    const { publisher, faults: publisherFaults } = loadPublisher(cardsDir);
    const { discovery, serviceCards, faults: serviceFaults } = loadService(cardsDir);
    const { versions, faults: versionFaults } = loadVersions(cardsDir);
    const faults = [
        ...vocabularyFaults,
        ...factFaults,
        ...cardFaults,
        ...evidenceFaults,
        ...publisherFaults,
        ...serviceFaults,
        ...versionFaults,
    ];
    const library = {
        vocabulary,
        facts,
        cards,
        evidence,
        publisher,
        discovery,
        serviceCards,
        casesOf: (path) => caseNames(cardsDir, path),
        historyOf: (path) => versions.get(path)?.history ?? [],
        hash: hashOf(cardsDir),
    };
    return { library, faults };
}
function hashOf(cardsDir) {
    const files = readdirSync(cardsDir, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(yaml|csv)$/.test(file) && !file.endsWith('.cases.yaml'))
        .sort();
    const hash = createHash('sha256');
    for (const file of files)
        hash
            .update(file.split(sep).join('/'))
            .update('\0')
            .update(readFileSync(join(cardsDir, file)))
            .update('\0');
    return hash.digest('hex');
}
//# sourceMappingURL=library.js.map