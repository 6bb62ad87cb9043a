/** Reads `publisher.yaml`: who answers for the cards, written once for all of them. */
import { z } from 'zod';
import { form } from './strict-form.js';
import { readYamlFile, shapeOf } from './yaml-file.js';
const publisherForm = form({
    /** Printed as `source.label` on every card. */
    label: z.string().min(1),
    owner: z.string().min(1),
    author: z.string().min(1),
    /** `pending` until a named clinician has signed; a card may name its own reviewer. */
    reviewer: z.string().min(1),
    developer: z.string().min(1),
    funding: z.string().min(1),
});
export function loadPublisher(cardsDir) {
    const { value, faults } = shapeOf(readYamlFile(cardsDir, 'publisher.yaml'), publisherForm);
    const nobody = { label: '', owner: '', author: '', reviewer: '', developer: '', funding: '' };
    return { publisher: value ?? nobody, faults };
}
//# sourceMappingURL=publisher.js.map