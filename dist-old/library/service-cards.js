/** Reads `service.yaml`: the words of discovery and of the cards the service writes about its own work. */
import { z } from 'zod';
import { form } from './strict-form.js';
import { readYamlFile, shapeOf } from './yaml-file.js';
const serviceCardForm = form({
    title: z.string().min(1),
    why: z.string().min(1),
    summary: z.string().min(1),
    detail: z.string().min(1),
    override: z.array(z.string().min(1)).min(1),
});
const serviceForm = form({
    discovery: form({ title: z.string().min(1), description: z.string().min(1) }),
    'not-checked': serviceCardForm,
    'not-identified': serviceCardForm,
    'more-cards': serviceCardForm,
    'overridden-before': serviceCardForm,
    'other-patient': serviceCardForm,
});
/** Topic codes of the cards the service writes about its own work. */
export const serviceTopics = [
    'not-checked',
    'not-identified',
    'more-cards',
    'overridden-before',
    'other-patient',
];
const unnamed = { title: '', why: '', summary: '', detail: '', override: [] };
export function loadService(cardsDir) {
    const { value, faults } = shapeOf(readYamlFile(cardsDir, 'service.yaml'), serviceForm);
    return {
        discovery: value?.discovery ?? { title: '', description: '' },
        serviceCards: {
            'not-checked': value?.['not-checked'] ?? unnamed,
            'not-identified': value?.['not-identified'] ?? unnamed,
            'more-cards': value?.['more-cards'] ?? unnamed,
            'overridden-before': value?.['overridden-before'] ?? unnamed,
            'other-patient': value?.['other-patient'] ?? unnamed,
        },
        faults,
    };
}
//# sourceMappingURL=service-cards.js.map