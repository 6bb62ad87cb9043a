/** Faults of a body as errors that name the field: `context.patientId`, `feedback[2].outcome`. */
import { ServiceError } from '../errors.js';
/** Every fault that a form has found. */
export function formFaults(issues) {
    const faults = issues.map((issue) => {
        const expression = pathOf(issue.path);
        return { message: expression === '' ? issue.message : `${expression}: ${issue.message}`, expression };
    });
    const [first] = faults;
    return new ServiceError('invalid-request', first?.message ?? 'the request is not valid', {
        ...(first && first.expression !== '' && { expression: first.expression }),
        faults,
    });
}
export function fieldFault(expression, message) {
    return new ServiceError('invalid-request', `${expression}: ${message}`, { expression });
}
function pathOf(path) {
    return path
        .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
        .join('')
        .slice(1);
}
//# sourceMappingURL=field-faults.js.map